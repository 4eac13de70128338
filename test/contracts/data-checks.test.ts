import { describe, expect, it } from 'vitest';
import { plainLine } from '../../src/errors/plain-text.ts';
import type { Run } from '../../src/measurements/types.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { dataChecks, factsOf, runDataChecks } from '../../src/validity/data-checks.ts';
import { healthyStudy, withSeries } from '../validity/data-checks/healthy-study.ts';

/** What every data check keeps, a new one too: it is tested by standing there. */

const healthy = healthyStudy();
const seriesIds = [...healthy[0].layers[0].series.keys()];

/** Studies that something is wrong with, so that checks have something to say. */
const oddStudies: Readonly<Record<string, readonly Run[]>> = {
  'one run': healthy.slice(0, 1),
  'the same run twice': [healthy[0], { ...healthy[0], id: 'again', seed: 9 }],
  'constant series': healthy.map((run) =>
    seriesIds.reduce((changed, id) => withSeries(changed, id, (values) => values.map(() => 1)), run),
  ),
  'no value determined': healthy.map((run) =>
    seriesIds.reduce((changed, id) => withSeries(changed, id, (values) => values.map(() => NaN)), run),
  ),
  'no second measurement': healthy.map((run) => shortened(run, 1)),
  'no measurement': healthy.map((run) => shortened(run, 0)),
  'no layer': healthy.map((run) => ({ ...run, layers: [] })),
  'at chance': healthy.map((run) => ({
    ...run,
    evaluations: run.evaluations.map((evaluation) => ({ ...evaluation, accuracy: 0.1 })),
  })),
};

function shortened(run: Run, length: number): Run {
  const cut = (values: Float64Array): Float64Array => values.slice(0, length);
  const short: Run = {
    ...run,
    steps: cut(run.steps),
    loss: cut(run.loss),
    gradientNorm: cut(run.gradientNorm),
    evaluations: [],
  };
  return seriesIds.reduce((changed, id) => withSeries(changed, id, cut), short);
}

describe.each(dataChecks.map((check) => [check.name, check] as const))('the data check %s', (name, check) => {
  it('has a name in words joined by hyphens, a question, a reason and a threshold', () => {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(check.question).toMatch(/\?$/);
    expect(check.reason).toMatch(/\.$/);
    expect(String(check.threshold)).toMatch(/\S/);
    expect(dataChecks.filter((other) => other.name === name)).toHaveLength(1);
  });

  it('finds nothing where nothing is wrong, or where there is nothing', () => {
    expect(check.check(factsOf(healthy), createRandom(1))).toEqual([]);
    expect(check.check(factsOf([]), createRandom(1))).toEqual([]);
  });

  it.each(Object.entries(oddStudies))(
    'says in whole sentences what it finds in a study with %s',
    (_, runs) => {
      const facts = factsOf(runs, { analyzedSeries: seriesIds.slice(0, 1) });
      const found = check.check(facts, createRandom(1));
      expect(check.check(facts, createRandom(1))).toEqual(found);
      for (const result of found) {
        expect(result.check).toBe(name);
        expect(result.message).not.toMatch(/NaN|undefined|null|Infinity/);
        expect(plainLine(result.message)).toBe(result.message);
        expect(result.count).toBeGreaterThan(0);
        expect(result.count).toBeLessThanOrEqual(result.of);
        for (const id of result.runs) expect(runs.map((run) => run.id)).toContain(id);
        expect(result.value === null || !Number.isNaN(result.value)).toBe(true);
      }
    },
  );
});

describe('the data checks', () => {
  it('find something in every study that something is wrong with', () => {
    for (const [what, runs] of Object.entries(oddStudies)) {
      if (what.startsWith('no ')) continue;
      const found = runDataChecks(factsOf(runs, { analyzedSeries: seriesIds.slice(0, 1) }));
      expect(found.length, what).toBeGreaterThan(0);
    }
  });
});
