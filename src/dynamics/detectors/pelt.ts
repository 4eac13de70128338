import { optimalPartition } from './segmentation/optimal-partition.ts';
import { type SegmentationOptions, segmentationDetector } from './segmentation/segmentation-detector.ts';

/**
 * The cheapest partition of the series, exactly, by PELT (Killick, Fearnhead & Eckley 2012): no other cut into segments
 * of at least `minSize` measurements has less cost plus penalty. Consistent, without error control: a trend under the
 * model 'mean' becomes a staircase.
 *
 * Models 'mean' and 'mean-variance' know the measurements' order only; 'trend' needs even spacing. Where nothing
 * changes nothing can be pruned and time grows with n², so that series beyond 50,000 measurements are refused.
 *
 * @throws InputError where an option is out of range.
 * @example
 * pelt({ steps, values }, { model: 'trend', minSize: 20 });
 */
export const pelt = segmentationDetector<SegmentationOptions>(
  (cost, { penalty, minSize }) => optimalPartition(cost, penalty, minSize).boundaries,
  { most: { measurements: 50_000, because: 'an exact search takes time proportional to their square' } },
);
