import { claimKind, positiveNumber } from '../../../src/findings/audit/claim-kind.ts';
import { bootstrapPValue } from '../../../src/findings/audit/cluster-bootstrap.ts';
import { estimateRatio } from '../../../src/findings/audit/ratio-estimate.ts';
import { idsOf } from '../../../src/findings/audit/wording.ts';

/** The mean of the runs' last losses lies at `loss` or below. */
export const lastLossBelow = claimKind({
  kind: 'last-loss-below',
  parameters: { loss: positiveNumber },
  checks: ['runs-at-chance', 'single-seed'],
  assess: ({ loss: limit }, context) => {
    const last = context.runs.map(({ loss }) => loss[loss.length - 1] ?? Number.NaN);
    const known = last.map((value) => (Number.isFinite(value) ? 1 : 0));
    const estimate = estimateRatio(
      context,
      last.map((value, i) => (known[i] === 1 ? value : 0)),
      known,
      { of: 'mean' },
    );
    const common = { statistic: 'Mean of the last losses', claimed: { low: 0, high: limit }, notes: [] };
    if (!estimate.determined) {
      return { ...common, testable: false, reason: estimate.reason, needed: 'more runs', runs: [] };
    }
    const { value, interval, replicates, bearing } = estimate;
    return {
      ...common,
      testable: true,
      effect: { value, interval, unit: 'loss' },
      null: { model: `a mean of ${limit}`, pValue: bootstrapPValue(replicates, limit), expected: limit },
      asserts: 'difference',
      runs: idsOf(context, bearing),
    };
  },
});
