import { describe, expect, it } from 'vitest';
import { earlySharpness } from '../../src/hypotheses/questions/early-changes.ts';
import { lateAcquisition } from '../../src/hypotheses/questions/late-acquisition.ts';
import {
  changesBecomeRarer,
  changesBecomeRarerOnLogAxis,
  otherMetricsChangeLate,
} from '../../src/hypotheses/questions/late-changes.ts';
import { settingsHypotheses } from '../../src/hypotheses/questions/settings.ts';
import type { Hypothesis, StudyEvidence } from '../../src/hypotheses/types.ts';
import type { Evaluation, Run, Track } from '../../src/measurements/types.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { plantedRuns } from '../findings/audit/planted-study.ts';
import { evidenceOf, plantedEvidence } from './planted-evidence.ts';

const answer = (hypothesis: Hypothesis, evidence: StudyEvidence) => {
  const found = hypothesis.test(evidence, { random: createRandom(1), alpha: 0.05 });
  if (!found.tested) throw new Error(found.needs);
  return found;
};
const needs = (hypothesis: Hypothesis, evidence: StudyEvidence): string => {
  const found = hypothesis.test(evidence, { random: createRandom(1), alpha: 0.05 });
  return found.tested ? 'nothing' : found.needs;
};

/** Six seeds of one network whose layer changes at these steps of 2,000. */
const jumping = (jumps: number[]) =>
  evidenceOf(plantedRuns(Array.from({ length: 6 }, () => ({ architecture: 'net', layers: [{ jumps }] }))));

describe('are there fewer late changes?', () => {
  it('counts changes in the halves of the steps, and of their logarithms', () => {
    const early = jumping([100, 500]);
    expect(answer(changesBecomeRarer, early)).toMatchObject({
      effect: { value: -2 },
      pValue: 2 / 64,
      groups: 6,
    });
    // log(1 + 1990) / 2 is log(1 + 43.6): both lie in the later half of the decades.
    expect(answer(changesBecomeRarerOnLogAxis, early).effect.value).toBe(2);
    expect(answer(changesBecomeRarer, jumping([300, 1500])).effect.value).toBe(0);
  });

  it('asks other metrics, and says where there are none', () => {
    expect(needs(otherMetricsChangeLate, jumping([300]))).toBe(
      'metrics beside m, or logged spectra that they follow from',
    );
    const evidence = jumping([300]);
    const late = plantedRuns(Array.from({ length: 6 }, () => ({ layers: [{ jumps: [1500] }] })));
    const runs = evidence.runs.map((run, r): Run => {
      const series = new Map(run.layers[0].series);
      series.set('stable_rank', { ...late[r].layers[0].series.get('m')!, metric: 'stable_rank' });
      return { ...run, layers: [{ ...run.layers[0], series }] };
    });
    expect(answer(otherMetricsChangeLate, { ...evidence, runs })).toMatchObject({
      effect: { value: 1 },
      groups: 6,
    });
  });
});

describe('what changes in early changes?', () => {
  it('takes a track across the windows of early changes alone, where it was measured near them', () => {
    const evidence = plantedEvidence({ runs: 6, effect: 0 });
    const rising = (every: number): readonly Track[] => {
      const steps = Float64Array.from({ length: 2000 / every }, (_, i) => i * every);
      const values = steps.map((step) => (step >= 150 ? 4 : 1) + (step >= 1200 ? 100 : 0));
      const series = new Map([
        [
          'sharpness',
          { metric: 'sharpness', centering: null, origin: 'measured', values, undetermined: [] } as const,
        ],
      ]);
      return [
        {
          id: 'sharpness',
          steps,
          subjects: [{ name: 'network', rows: null, columns: null, series, singularValues: null }],
        },
      ];
    };
    const withTrack = (every: number) => ({
      ...evidence,
      runs: evidence.runs.map((run) => ({ ...run, tracks: rising(every) })),
    });
    expect(answer(earlySharpness, withTrack(10)).effect.value).toBeCloseTo(3, 6);
    expect(needs(earlySharpness, withTrack(500))).toMatch(
      /early changes with a control, and sharpness measured/,
    );
    expect(needs(earlySharpness, evidence)).toMatch(/the track sharpness/);
  });
});

describe('is something acquired late?', () => {
  const evidence = jumping([300]);
  const learning = (perClass: number[][]): StudyEvidence => ({
    ...evidence,
    runs: evidence.runs.map((run) => ({
      ...run,
      evaluations: perClass.map(
        (accuracies, i): Evaluation => ({
          step: 500 * (i + 1),
          accuracy: 0.5,
          examples: 10,
          perClass: accuracies,
        }),
      ),
    })),
  });

  it('takes the gain of the classes that were known worst before the middle', () => {
    const found = answer(
      lateAcquisition,
      learning([
        [0.1, 0.9],
        [0.2, 0.8],
        [0.2, 0.9],
        [0.7, 0.9],
      ]),
    );
    expect(found.effect.value).toBeCloseTo(0.5, 12);
  });

  it('sees no gain in classes that only take turns at being worst', () => {
    const random = createRandom(5);
    const noisy = () => Array.from({ length: 10 }, () => 0.5 + 0.1 * random.normal());
    const found = answer(lateAcquisition, learning([noisy(), noisy(), noisy(), noisy()]));
    expect(Math.abs(found.effect.value)).toBeLessThan(0.15);
    expect(needs(lateAcquisition, learning([[0.1, 0.9]]))).toMatch(/accuracy by class at the middle/);
  });
});

describe('do settings move changes?', () => {
  /** Learning rates × widths × seeds: the first change comes at 200 / rate, whatever the width. */
  const runs = [1, 2, 4].flatMap((learningRate) =>
    [16, 64].flatMap((features) =>
      plantedRuns(
        Array.from({ length: 3 }, () => ({
          architecture: `net${features}`,
          layers: [
            { features, jumps: [800 / learningRate] },
            { features: 10, jumps: [800 / learningRate] },
          ],
        })),
        learningRate * features,
      ).map((run) => ({
        ...run,
        id: `${run.id}-${learningRate}-${features}`,
        hyperparameters: { learningRate, batchSize: 32 },
      })),
    ),
  );
  const evidence = evidenceOf(runs);
  const of = (name: string) => settingsHypotheses.find((hypothesis) => hypothesis.name === name)!;

  it('finds that the first change comes half as late for each doubling of the learning rate', () => {
    const found = answer(of('learning-rate-moves-changes'), evidence);
    expect(found.effect.value).toBeCloseTo(-1, 1);
    expect(found.effect.interval![0]).toBeLessThanOrEqual(found.effect.value);
    expect(found).toMatchObject({ observations: 18, groups: 3, predicted: 0 });
    expect(found.pValue).toBeLessThan(0.01);
  });

  it('and that width, which does nothing, does nothing', () => {
    const found = answer(of('width-moves-changes'), evidence);
    expect(Math.abs(found.effect.value)).toBeLessThan(0.05);
    // Nine pairs of runs that differ in width alone.
    expect(found.smallestPValue).toBe(2 / 512);
    expect(found.pValue).toBeGreaterThan(0.05);
    expect(answer(of('learning-rate-sets-their-number'), evidence).pValue).toBeGreaterThan(0.05);
  });

  it('says what it needs of a setting that does not vary', () => {
    expect(needs(of('batch-size-moves-changes'), evidence)).toMatch(/grid: \{batchSize: \[8, 32, 128\]\}/);
  });
});
