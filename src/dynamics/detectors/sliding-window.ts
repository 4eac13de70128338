import { InputError } from '../../errors/input-error.ts';
import { gainOf } from './segmentation/best-split.ts';
import { type SegmentationOptions, segmentationDetector } from './segmentation/segmentation-detector.ts';
import { separatePeaks } from './segmentation/separate-peaks.ts';

export interface SlidingWindowOptions extends SegmentationOptions {
  /** Measurements compared on either side, at least `minSize`. Default 40, at most a quarter of the series. */
  readonly halfWindow?: number;
}

/**
 * Slides a window over the series and marks where a cut in its middle saves most, if more than the penalty (Truong,
 * Oudre & Vayatis 2020, § 5.2.1). Linear in time. It cannot see changes within half a window of either end, nor two
 * that are closer than that. No error control. Spacing as for `pelt`.
 *
 * @throws InputError where an option is out of range.
 * @example
 * slidingWindow({ steps, values }, { halfWindow: 100 });
 */
export const slidingWindow = segmentationDetector<SlidingWindowOptions>(
  (cost, { penalty, minSize }, { halfWindow }) => {
    const n = cost.length;
    if (halfWindow !== undefined && !(Number.isInteger(halfWindow) && halfWindow >= minSize))
      throw new InputError({
        field: 'halfWindow',
        value: halfWindow,
        allowed: `a whole number of at least minSize, ${minSize}`,
      });
    const h = Math.max(minSize, Math.min(halfWindow ?? 40, Math.floor(n / 4)));
    const gains = Float64Array.from({ length: Math.max(0, n - 2 * h + 1) }, (_, p) =>
      gainOf(cost, p, p + h, p + 2 * h),
    );
    return separatePeaks(gains, penalty, h).map((p) => p + h);
  },
);
