import { describe, expect, it } from 'vitest';
import { hypotheses } from '../../src/hypotheses/registry.ts';
import type { StudyEvidence } from '../../src/hypotheses/types.ts';
import type { Run, Track } from '../../src/measurements/types.ts';
import { mechanismMeasures } from '../../src/mechanisms/measures.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { determined } from '../../src/spectra/determined.ts';
import { evidenceOf, plantedEvidence } from '../hypotheses/planted-evidence.ts';

/** What every hypothesis keeps, a new one too: it is tested by standing there. */

const random = createRandom('contract');

/** A study in which everything was measured, at random. */
function everything(runs: number): StudyEvidence {
  const bare = plantedEvidence({ runs, effect: 0 });
  return {
    ...bare,
    runs: bare.runs.map(
      (run, i): Run => ({
        ...run,
        hyperparameters: { learningRate: [0.001, 0.01][i % 2], batchSize: [16, 32][(i >> 1) % 2] },
        evaluations: [400, 800, 1200, 1990].map((step) => ({
          ...{ step, accuracy: 0.5, examples: 100 },
          perClass: [0, 1, 2, 3].map(() => random.uniform()),
        })),
        tracks: [
          track('sharpness', ['sharpness']),
          track('gradient-noise', ['noise_scale']),
          track('weights', ['distance_from_start', 'stable_rank']),
        ],
      }),
    ),
    atCheckpoints: bare.plan.runs.flatMap(({ run, steps }) =>
      Object.keys(mechanismMeasures).flatMap((measure) =>
        steps.flatMap((step) => [
          { run, measure, step, subject: 'layer.0', value: determined(random.normal()) },
          { run, measure, step, subject: 'layer.1', value: { determined: false, reason: 'dead' } as const },
        ]),
      ),
    ),
  };
}

function track(id: string, names: readonly string[]): Track {
  const steps = Float64Array.from({ length: 200 }, (_, i) => 10 * i);
  const series = new Map(
    names.map((metric) => {
      const values = steps.map(() => random.normal());
      return [metric, { metric, centering: null, origin: 'measured', values, undetermined: [] } as const];
    }),
  );
  return {
    ...{ id, steps },
    subjects: [{ name: 'network', rows: null, columns: null, series, singularValues: null }],
  };
}

const full = everything(8);
const studies: Readonly<Record<string, StudyEvidence>> = {
  'everything measured': full,
  'three seeds': everything(3),
  'curves alone': plantedEvidence({ runs: 8, effect: 0 }),
  'one run': evidenceOf(full.runs.slice(0, 1)),
};

describe('every hypothesis', () => {
  it('has a name of its own', () => {
    expect(new Set(hypotheses.map(({ name }) => name)).size).toBe(hypotheses.length);
  });

  for (const { name, question, claim, measure, windows, test } of hypotheses) {
    describe(name, () => {
      const answerFor = (evidence: StudyEvidence) =>
        test(evidence, { random: createRandom(name), alpha: 0.05 });

      it('says in words what it asks and claims', () => {
        expect(name).toMatch(/^[a-z][a-z0-9-]{2,60}$/);
        expect(question).toMatch(/^[A-Z].*\?$/);
        expect(claim).toMatch(/^[A-Z].*\.$/);
        expect(measure).toMatch(/\w/);
        expect(windows).toMatch(/\w/);
      });

      it.each(Object.keys(studies))('has a sound answer, or a need: %s', (study) => {
        const answer = answerFor(studies[study]);
        if (!answer.tested) {
          expect(answer.needs).toMatch(/\w{3,}/);
          expect(answer.needs).not.toMatch(/undefined|NaN|\.$/);
          return;
        }
        const { effect, pValue, smallestPValue, groups, observations, runs, model, statistic } = answer;
        expect(Number.isFinite(effect.value)).toBe(true);
        if (effect.interval !== null) {
          expect(effect.interval[0]).toBeLessThanOrEqual(effect.value);
          expect(effect.interval[1]).toBeGreaterThanOrEqual(effect.value);
        }
        expect(pValue).toBeGreaterThan(0);
        expect(pValue).toBeLessThanOrEqual(1);
        expect(smallestPValue).toBeGreaterThan(0);
        expect(groups).toBeGreaterThan(0);
        expect(observations).toBeGreaterThanOrEqual(groups);
        expect(runs.length).toBeGreaterThan(0);
        for (const text of [effect.unit, model, statistic]) expect(text).toMatch(/\w{3,}/);
      });

      it('is the same again, and for any order of the runs', () => {
        const answer = answerFor(full);
        expect(answerFor(full)).toEqual(answer);
        const backwards = answerFor({
          ...full,
          runs: full.runs.toReversed(),
          analysis: { ...full.analysis, runs: full.analysis.runs.toReversed() },
          plan: { ...full.plan, runs: full.plan.runs.toReversed() },
        });
        expect(backwards.tested).toBe(answer.tested);
        if (!answer.tested || !backwards.tested) return;
        expect(backwards.effect.value).toBeCloseTo(answer.effect.value, 9);
        expect(backwards.groups).toBe(answer.groups);
      });
    });
  }
});
