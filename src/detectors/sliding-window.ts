import { InputError } from '../errors/input-error.ts';
import { bestSplit, gainOf } from './segmentation/best-split.ts';
import { type SegmentationOptions, segmentationDetector } from './segmentation/segmentation-detector.ts';
import { separatePeaks } from './segmentation/separate-peaks.ts';

export interface SlidingWindowOptions extends SegmentationOptions {
  /** Measurements compared on either side, at least `minSize`. Default 40, at most a quarter of the series. */
  readonly halfWindow?: number;
}

/**
 * Slides a window over the series and marks where a cut in its middle saves most, if more than the penalty (Truong,
 * Oudre & Vayatis 2020, § 5.2.1); the change then moves to the best cut in that window. Linear in time. Of changes within
 * half a window of either end it sees only large ones, of two that are closer than that only one. No error control.
 * Models as for `pelt`.
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
    const boundaries = separatePeaks(gains, penalty, h).map(
      (p) => bestSplit(cost, p, p + 2 * h, minSize)?.at ?? p + h,
    );
    // Windows that overlap may move to the same cut, or too near to another.
    return boundaries.filter((at, i) => i === 0 || at - boundaries[i - 1] >= minSize);
  },
);
