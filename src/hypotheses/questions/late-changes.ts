import { withSeries } from '../../derived/derive-series.ts';
import { describeCurve } from '../../dynamics/stretches/describe-curve.ts';
import type { CurveDescription } from '../../dynamics/stretches/types.ts';
import type { Run } from '../../measurements/types.ts';
import { mean } from '../../numerics/moments.ts';
import { signFlipTest } from '../../numerics/sign-flip.ts';
import { clusterAverages, intervalOf } from '../seed-clusters.ts';
import type { Answer, Hypothesis, StudyEvidence, TestContext } from '../types.ts';

/** Why no late changes, and is the metric right: changes in the two halves of training, on either axis of time, by metric. */

const question = 'Why are there no late changes, and is the metric right?';

export const changesBecomeRarer = rarer({
  name: 'changes-become-rarer',
  claim: 'The second half of training has fewer changes than the first.',
  windows: 'second half of the steps against the first',
  middle: (first, last) => (first + last) / 2,
});

/** As many decades of steps on either side: what is rare per step need not be rare per doubling. */
export const changesBecomeRarerOnLogAxis = rarer({
  name: 'changes-become-rarer-per-doubling',
  claim: 'On a logarithmic axis of steps, too, the second half of training has fewer changes than the first.',
  windows: 'second half of log(1 + step) against the first',
  middle: (first, last) => Math.expm1((Math.log1p(first) + Math.log1p(last)) / 2),
});

function rarer(asked: {
  readonly name: string;
  readonly claim: string;
  readonly windows: string;
  readonly middle: (first: number, last: number) => number;
}): Hypothesis {
  const { name, claim, windows, middle } = asked;
  return {
    ...{ name, question, claim, windows, measure: 'rises and falls per layer' },
    test: ({ runs, analysis }, context) =>
      answerOf(context, {
        ...clusterAverages(runs, (run, r) => {
          const half = middle(run.steps[0], run.steps[run.steps.length - 1]);
          const layers = analysis.runs[r].layers.flatMap(({ curve }) => changeSteps(curve) ?? []);
          const described = analysis.runs[r].layers.filter(({ curve }) => curve.described).length;
          if (described === 0) return null;
          return layers.reduce((sum, step) => sum + (step >= half ? 1 : -1), 0) / described;
        }),
        statistic: `Rises and falls of ${analysis.seriesId} per layer: those after the middle less those before`,
        unit: 'changes per layer',
        predicted: -1,
      }),
  };
}

/** Metrics that spectra give, where these are logged. */
const ofSpectra = ['participation_ratio', 'stable_rank', 'effective_rank', 'rank_90', 'nuclear_norm_ratio'];

export const otherMetricsChangeLate: Hypothesis = {
  name: 'other-metrics-change-late',
  question,
  claim: 'Other metrics of the same layers have more changes in the second half of training.',
  measure: 'rises and falls per layer',
  windows: 'second half of the steps, other metrics against the one that is analyzed',
  test: ({ runs, analysis }: StudyEvidence, context: TestContext): Answer => {
    const found = clusterAverages(runs, (run, r) => {
      const half = (run.steps[0] + run.steps[run.steps.length - 1]) / 2;
      const own = late(
        analysis.runs[r].layers.map(({ curve }) => curve),
        half,
      );
      const others = otherMetrics(run, analysis.seriesId).flatMap(
        (metric) => late(curvesOf(run, metric), half) ?? [],
      );
      return own === null || others.length === 0 ? null : mean(others) - own;
    });
    if (found.means.length === 0) {
      return {
        tested: false,
        needs: `metrics beside ${analysis.seriesId}, or logged spectra that they follow from`,
      };
    }
    return answerOf(context, {
      ...found,
      statistic: `Rises and falls per layer after the middle of training: mean of the other metrics, less ${analysis.seriesId}`,
      unit: 'changes per layer',
      predicted: 1,
    });
  },
};

/** Other metrics of the same variant, centered or raw: those in the log of every layer, and those that its spectra give. */
function otherMetrics({ layers }: Run, seriesId: string): string[] {
  const variantOf = (id: string): string => /\.(raw|logged)$/.exec(id)?.[1] ?? 'centered';
  const logged = [...(layers[0]?.series.keys() ?? [])].filter((id) =>
    layers.every(({ series }) => series.has(id)),
  );
  const all = variantOf(seriesId) === 'centered' ? [...ofSpectra, ...logged] : logged;
  return [...new Set(all)].filter((id) => id !== seriesId && variantOf(id) === variantOf(seriesId));
}

/** Where the rises and falls of a curve are half-way; null of one that could not be described. */
export function changeSteps(curve: CurveDescription): number[] | null {
  if (!curve.described) return null;
  return curve.stretches.flatMap(({ half }) => (half === null ? [] : [half.step]));
}

/** What a metric's curves do in every layer of a run; none if a layer has neither the metric nor spectra. */
export function curvesOf(run: Run, metric: string): CurveDescription[] {
  const hasIt = run.layers.every(({ series, spectra }) => series.has(metric) || spectra?.centered != null);
  if (!hasIt) return [];
  return withSeries(run, metric).layers.map(({ series }) =>
    describeCurve({ steps: run.steps, values: series.get(metric)!.values }),
  );
}

function late(curves: readonly CurveDescription[], half: number): number | null {
  const known = curves.flatMap((curve) => {
    const steps = changeSteps(curve);
    return steps === null ? [] : [steps.filter((step) => step >= half).length];
  });
  return known.length === 0 ? null : mean(known);
}

/** The mean of a number of each group of seeds, held against 0. */
export function answerOf(
  { random, alpha }: TestContext,
  found: {
    readonly means: readonly number[];
    readonly runs: readonly string[];
    readonly statistic: string;
    readonly unit: string;
    readonly predicted: 1 | -1;
  },
): Answer {
  const { means, runs, statistic, unit, predicted } = found;
  if (means.length === 0) {
    return {
      tested: false,
      needs: 'layers whose curves can be described: longer runs, or more measurements',
    };
  }
  const { pValue, smallest } = signFlipTest(means, random);
  return {
    ...{ tested: true, statistic, predicted, pValue, smallestPValue: smallest, runs },
    effect: { value: mean(means), interval: intervalOf(means, random, alpha), unit },
    model: 'the sign of every group of seeds is as likely the other',
    observations: runs.length,
    groups: means.length,
  };
}
