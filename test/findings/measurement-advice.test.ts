import { describe, expect, it } from 'vitest';
import { analyzeRun } from '../../src/dynamics/analyze-run.ts';
import { measurementAdvice } from '../../src/findings/measurement-advice.ts';
import type { Run } from '../../src/measurements/types.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { plantedRun } from '../dynamics/planted-run.ts';
import { noisyCurve, ramp, walk } from '../dynamics/stretches/curves.ts';

const adviceOn = (run: Run, seriesId = 'stable_rank') =>
  measurementAdvice([run], [analyzeRun(run, { seriesId, rng: createRandom(1) })]);
const runOf = (values: Float64Array, gap: number): Run => {
  const steps = Float64Array.from(values, (_, i) => gap * i);
  return plantedRun([values], { steps, loss: steps.map(() => 1), gradientNorm: steps.map(() => 1) });
};

/** The run's only layer, measured on 160 samples, as participation ratio. */
const dimensionalities = (values: Float64Array): Run => {
  const run = runOf(values, 5);
  const [layer] = run.layers;
  const series = { ...layer.series.get('stable_rank')!, metric: 'participation_ratio' };
  return { ...run, layers: [{ ...layer, series: new Map([['participation_ratio', series]]) }] };
};

describe('advice on what to measure', () => {
  it('asks for more measurements where a transition falls within one measuring interval', () => {
    const early = adviceOn(
      runOf(
        noisyCurve(400, (i) => (i < 10 ? 9 : 3), 0.05, 'early'),
        50,
      ),
    );
    expect(early).toEqual([
      {
        setting: 'every',
        series: 1,
        message:
          'A rise or fall takes less than 3 measuring intervals, and its course is not seen in 1 layer (planted network.0). Measure it at every 15 steps: `measurement: {every: 15}`, or, as it comes early, `{every: {perDecade: 20}}`.',
      },
    ]);
    const [late] = adviceOn(
      runOf(
        noisyCurve(400, (i) => (i < 300 ? 9 : 3), 0.05, 'late'),
        5,
      ),
    );
    expect(late.message).toMatch(/`measurement: \{every: 1\}`\.$/);
  });

  it('says nothing where every training step was measured, or the course is seen', () => {
    expect(
      adviceOn(
        runOf(
          noisyCurve(400, (i) => (i < 10 ? 9 : 3), 0.05, 'early'),
          1,
        ),
      ),
    ).toEqual([]);
    expect(
      adviceOn(
        runOf(
          noisyCurve(400, (i) => 9 - 6 * ramp(100, 40)(i), 0.05, 'slow'),
          5,
        ),
      ),
    ).toEqual([]);
  });

  it('asks for some 400 measurements where few show no direction', () => {
    const [advice] = adviceOn(runOf(walk(40, 'short'), 50));
    expect(advice).toMatchObject({ setting: 'every', series: 1 });
    expect(advice.message).toMatch(
      /^40 measurements are too few to show a direction .*`measurement: \{every: 4\}`/,
    );
    const [undescribed] = adviceOn(runOf(walk(8, 'shorter'), 100));
    expect(undescribed.message).toMatch(/^8 measurements are too few/);
  });

  it('asks for more samples where a tenth of them is less than the dimensionality', () => {
    const high = dimensionalities(noisyCurve(400, (i) => 30 - 20 * ramp(100, 40)(i), 0.05, 'high'));
    expect(adviceOn(high, 'participation_ratio')).toEqual([
      expect.objectContaining({ setting: 'samples', message: expect.stringContaining('{samples: 800}') }),
    ]);
    const low = dimensionalities(noisyCurve(400, (i) => 12 - 9 * ramp(100, 40)(i), 0.05, 'low'));
    expect(adviceOn(low, 'participation_ratio')).toEqual([]);
  });
});
