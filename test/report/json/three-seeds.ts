import { runOf } from '../../../src/derived/run-of.ts';
import { analyzeStudy } from '../../../src/findings/study-analysis.ts';
import type { ReportInput } from '../../../src/report/types.ts';

/** Three seeds of one small network whose three layers rise one after the other, and one value that could not be determined. */
export function threeSeeds(): ReportInput {
  const steps = Array.from({ length: 60 }, (_, i) => 5 * i);
  const runs = ['a', 'b', 'c'].map((id, seed) => {
    const curve = (at: number): number[] =>
      steps.map((_, i) => (i < at ? 2 : 6) + Math.sin((i + 7 * seed + at) ** 2) / 9);
    const run = runOf({
      ...{ id, seed, steps, architecture: 'mlp_small', family: 'mlp', dataset: 'digits', plannedSteps: 300 },
      hyperparameters: { optimizer: 'adam', learningRate: 0.001 },
      layers: {
        first: { stable_rank: curve(20), rank_90: curve(20).map(Math.ceil) },
        second: { stable_rank: curve(22), rank_90: curve(22).map(Math.ceil) },
        third: { stable_rank: curve(40 + seed), rank_90: [Number.NaN, ...curve(40).slice(1).map(Math.ceil)] },
      },
      loss: steps.map((step) => 2 / (1 + step / 20) + Math.sin(step ** 2) / 50),
    });
    return { ...run, evaluations: [{ step: 295, accuracy: 0.9, examples: 100 }] };
  });
  return {
    manifest: {
      schemaVersion: 2,
      tool: { name: 'rankscope', version: '0.1.0' },
      title: 'Three seeds',
      origin: 'imported',
      source: null,
      settings: {},
      machine: { node: 'v22.0.0', platform: 'linux x64' },
      runs: runs.map(({ id }) => id),
    },
    runs,
    analysis: analyzeStudy(runs),
    reproduce: { commands: ['rankscope report three-seeds'] },
  };
}
