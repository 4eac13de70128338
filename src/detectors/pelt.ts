import type { Cost, LevelCost } from './costs/types.ts';
import { optimalLevelPartition } from './segmentation/optimal-level-partition.ts';
import { optimalPartition } from './segmentation/optimal-partition.ts';
import { type SegmentationOptions, segmentationDetector } from './segmentation/segmentation-detector.ts';

/** Some ten seconds' work. A count, not a clock: the same series is refused everywhere. */
const BUDGET = 2e8;

/**
 * The cheapest partition of the series, exactly: no other cut into segments of at least `minSize` measurements has less
 * cost plus penalty. By PELT (Killick, Fearnhead & Eckley 2012), and under the model 'mean' by functional pruning
 * (Maidstone et al. 2017), which finds the same and takes no longer where nothing changes. Consistent, without error
 * control: a trend under the model 'mean' becomes a staircase.
 *
 * Models 'mean' and 'mean-variance' know the measurements' order only; 'trend' fits lines over training steps. But for
 * 'mean', time may grow with n², so that series beyond 20,000 measurements are refused; under 'mean' only long, smooth
 * series with hardly any noise are.
 *
 * @throws InputError where an option is out of range.
 * @example
 * pelt({ steps, values }, { model: 'trend', minSize: 20 });
 */
export const pelt = segmentationDetector<SegmentationOptions>(
  (cost, { penalty, minSize }) =>
    (isLevelCost(cost)
      ? optimalLevelPartition(cost, penalty, minSize, BUDGET)
      : optimalPartition(cost, penalty, minSize)
    )?.boundaries ?? null,
  { most: { trend: 20_000, 'mean-variance': 20_000 } },
);

function isLevelCost(cost: Cost): cost is LevelCost {
  return 'level' in cost;
}
