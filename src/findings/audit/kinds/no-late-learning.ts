import type { Run } from '../../../measurements/types.ts';
import { median } from '../../../numerics/quantile.ts';
import { counted, percent } from '../../../wording/sentences.ts';
import { claimKind, partOfTraining, shareParameter } from '../claim-kind.ts';
import { bootstrapPValue } from '../cluster-bootstrap.ts';
import { estimateRatio } from '../ratio-estimate.ts';
import { idsOf, withoutChance } from '../wording.ts';

/**
 * Nothing is learned after the part `fraction` of training.
 *
 * The effect is the gain in held-out accuracy from the last evaluation up to then to the last of all; the claim holds for
 * gains up to `tolerance`. Without evaluations on both sides the claim is not testable: a training loss that falls further
 * may be learning or memorizing.
 */
export const noLateLearning = claimKind({
  kind: 'no-late-learning',
  parameters: { fraction: partOfTraining.default(0.5), tolerance: shareParameter.default(0.01) },
  checks: ['runs-at-chance', 'single-seed', 'dependent-groups'],
  assess: ({ fraction, tolerance }, context) => {
    const { runs } = context;
    const gains = runs.map((run) => lateGain(run, fraction));
    const bearing = runs.flatMap((_, i) => (gains[i] === null ? [] : [i]));
    const part = percent(fraction);
    const statistic = `Gain in held-out accuracy after ${part} of training`;
    const needed = `held-out accuracy, best per class, measured several times before and after ${part} of training, of several seeds`;
    const notes = lateLoss(runs, fraction);
    const estimate = estimateRatio(
      context,
      gains.map((gain) => gain ?? 0),
      gains.map((gain) => (gain === null ? 0 : 1)),
      { of: 'mean' },
    );
    if (!estimate.determined) {
      const once = runs.filter(({ evaluations }) => evaluations.length === 1).length;
      return {
        testable: false,
        statistic,
        claimed: { low: Number.NEGATIVE_INFINITY, high: tolerance },
        reason:
          bearing.length === 0
            ? `no run has held-out accuracy both before and after ${part} of training; ${counted(once, 'run')} of ${runs.length} evaluated once`
            : estimate.reason,
        needed,
        runs: idsOf(context, bearing),
        notes,
      };
    }
    return {
      testable: true,
      statistic,
      effect: { value: estimate.value, interval: estimate.interval, unit: 'gain in accuracy' },
      claimed: { low: Number.NEGATIVE_INFINITY, high: tolerance },
      null: { model: 'no gain', pValue: bootstrapPValue(estimate.replicates, 0), expected: 0 },
      asserts: 'absence',
      runs: idsOf(context, bearing),
      notes: [...notes, ...withoutChance(context, bearing, estimate.statistic, percent)],
    };
  },
});

function lateGain({ evaluations, plannedSteps }: Run, fraction: number): number | null {
  const before = evaluations.filter(({ step }) => step > 0 && step <= fraction * plannedSteps).at(-1);
  const after = evaluations.filter(({ step }) => step > fraction * plannedSteps).at(-1);
  return before === undefined || after === undefined ? null : after.accuracy - before.accuracy;
}

/** What the training loss does in that part: not learning, but a hint. */
function lateLoss(runs: readonly Run[], fraction: number): string[] {
  const ratios = runs.flatMap(({ steps, loss, plannedSteps }) => {
    const middle = levelAround(
      loss,
      steps.findIndex((step) => step >= fraction * plannedSteps),
    );
    const end = levelAround(loss, loss.length - 1);
    return middle > 0 && Number.isFinite(end / middle) ? [end / middle] : [];
  });
  if (ratios.length === 0) return [];
  const halved = ratios.filter((ratio) => ratio < 0.5).length;
  return [
    `The training loss goes on falling: at the end it is ${percent(median(ratios))} of its level at ${percent(fraction)} of training (median run), and less than half of it in ${halved} of ${counted(ratios.length, 'run')}.`,
  ];
}

/** Median of up to 21 measurements around one of them. */
function levelAround(loss: Float64Array, at: number): number {
  const near = loss.subarray(Math.max(0, at - 10), at + 11).filter(Number.isFinite);
  return near.length === 0 || at < 0 ? Number.NaN : median(near);
}
