import { describe, expect, it } from 'vitest';
import { ConfirmedCurves } from '../../src/live/confirmed-curves.ts';
import { type RunView, viewRun } from '../../src/live/run-view.ts';
import type { Run } from '../../src/measurements/types.ts';
import { createRandom } from '../../src/numerics/random.ts';

const metric = 'stable_rank';

/** A run of one layer as far as it is logged. */
function runOf(values: readonly number[], complete = false): Run {
  const series = { metric, centering: 'columns', origin: 'measured', undetermined: [] } as const;
  return {
    ...{
      id: 'r',
      architecture: 'a',
      family: 'mlp',
      dataset: 'd',
      classes: null,
      seed: 0,
      hyperparameters: {},
    },
    ...{ parameterCount: null, plannedSteps: 1000, evaluations: [], complete, stopped: null },
    layers: [
      {
        ...{
          name: 'l',
          kind: 'linear',
          depth: 0,
          samples: null,
          features: null,
          pooling: null,
          spectra: null,
        },
        series: new Map([[metric, { ...series, values: Float64Array.from(values) }]]),
      },
    ],
    steps: Float64Array.from(values, (_, i) => 5 * i),
    loss: Float64Array.from(values, () => 1),
    gradientNorm: Float64Array.from(values, () => 1),
  };
}

/** What is said of a run each time that it has grown by one measurement. */
function watched(values: readonly number[]): { readonly kinds: string[][]; readonly looks: number } {
  const curves = new ConfirmedCurves();
  let looks = 0;
  const kinds = values.map((_, i) => {
    const view = viewRun(runOf(values.slice(0, i + 1)), metric, null);
    if (curves.isDue(view)) {
      looks++;
      curves.describe(view);
    }
    return curves.of(view)!.layers[0].stretches.map(({ kind }) => kind);
  });
  return { kinds, looks };
}

const random = createRandom('live');
const noise = (n: number): number[] => Array.from({ length: n }, () => 5 + 0.1 * random.normal());

describe('what is confirmed of a run while it grows', () => {
  it('is a fall soon after it happened, and it stays', () => {
    const { kinds } = watched([...noise(60), ...noise(60).map((value) => value - 3)]);
    const first = kinds.findIndex((found) => found.includes('fall'));
    expect(first).toBeGreaterThanOrEqual(60);
    expect(first).toBeLessThan(75);
    expect(kinds.slice(first).every((found) => found.includes('fall'))).toBe(true);
  });

  it('is nothing where nothing happens, however often it is looked at', () => {
    const runs = Array.from({ length: 20 }, () => watched(noise(150)));
    const alarmed = runs.filter(({ kinds }) =>
      kinds.some((found) => found.includes('rise') || found.includes('fall')),
    );
    // At 5 % a run, more than 4 of 20 have a chance of 0.3 %.
    expect(alarmed.length).toBeLessThanOrEqual(4);
  });

  it('is looked for again as the run grows by a fiftieth, not at every measurement of a long one', () => {
    const { looks } = watched(noise(400));
    expect(looks).toBeLessThan(220);
    expect(looks).toBeGreaterThan(100);
  });

  it('is said once more when the run has ended, and of one that began anew', () => {
    const curves = new ConfirmedCurves();
    const values = noise(200);
    const view = (n: number, complete = false, own = values): RunView =>
      viewRun(runOf(own.slice(0, n), complete), metric, null);
    curves.describe(view(198));
    expect(curves.isDue(view(199))).toBe(false);
    expect(curves.isDue(view(199, true))).toBe(true);
    expect(curves.isDue(view(198, false, noise(200)))).toBe(true);
    expect(curves.isDue(view(50))).toBe(true);
  });
});
