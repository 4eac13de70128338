import { runOf } from '../../../src/derived/run-of.ts';
import { analyzeStudy } from '../../../src/findings/study-analysis.ts';
import type { ReportInput } from '../../../src/report/types.ts';

const steps = Array.from({ length: 120 }, (_, i) => 5 * i);

/** The study that the answers in docs/queries.md are of: two networks, three seeds each; what they do is drawn by sines alone. */
export function queriesStudy(): ReportInput {
  const runs = (['mlp', 'cnn'] as const).flatMap((family, f) =>
    [0, 1, 2].map((seed) => {
      /** From one level to another at a measurement, with a jitter of its own. */
      const curve = (from: number, to: number, at: number): number[] =>
        steps.map((_, i) => (i < at ? from : to) + Math.sin((i + 11 * seed + 5 * f + at) ** 2) / 5);
      const [first, last] = [curve(2, 8 + f, 30), curve(9 + seed / 4, 4 - f, 70 + seed)];
      const run = runOf({
        ...{ id: `${family}_${seed}`, seed, steps, architecture: `${family}_small`, family },
        ...{ dataset: 'digits', plannedSteps: 600 },
        layers: {
          first: { stable_rank: first, participation_ratio: first.map((value) => 1.5 * value) },
          last: {
            stable_rank: last,
            participation_ratio: last.map((value, i) => (i === 0 ? Number.NaN : 1.5 * value)),
          },
        },
        loss: steps.map((step) => 2 / (1 + step / 100) + Math.sin(step ** 2) / 50),
      });
      return { ...run, evaluations: [{ step: 595, accuracy: 0.9 + 0.02 * f + 0.01 * seed, examples: 100 }] };
    }),
  );
  return {
    manifest: {
      schemaVersion: 2,
      tool: { name: 'rankscope', version: '0.1.0' },
      title: 'Two networks',
      origin: 'imported',
      source: null,
      settings: {},
      machine: {},
      runs: runs.map(({ id }) => id),
    },
    runs,
    analysis: analyzeStudy(runs, { seriesId: 'stable_rank' }),
  };
}
