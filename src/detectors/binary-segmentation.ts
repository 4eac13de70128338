import { bestSplit } from './segmentation/best-split.ts';
import { type SegmentationOptions, segmentationDetector } from './segmentation/segmentation-detector.ts';

/**
 * Cuts the series where that saves most, then each part likewise, while a cut saves more than the penalty (Scott &
 * Knott 1974). Fast at any length, about n·log n; a short excursion between equal levels can hide from it, for no
 * single cut saves much. No error control. Models as for `pelt`.
 *
 * @throws InputError where an option is out of range.
 * @example
 * binarySegmentation({ steps, values }, { penalty: 20 });
 */
export const binarySegmentation = segmentationDetector<SegmentationOptions>((cost, { penalty, minSize }) => {
  const boundaries: number[] = [];
  const segments: [number, number][] = [[0, cost.length]];
  for (let segment = segments.pop(); segment !== undefined; segment = segments.pop()) {
    const [start, end] = segment;
    const split = bestSplit(cost, start, end, minSize);
    if (split === null || !(split.gain > penalty)) continue;
    boundaries.push(split.at);
    segments.push([start, split.at], [split.at, end]);
  }
  return boundaries.sort((a, b) => a - b);
});
