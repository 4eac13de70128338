import type { WindowMedian } from '../dynamics/step-window.ts';
import { formatNumber } from '../wording/numbers.ts';

/** A median and the number of measurements that it rests on. */
export function describeMedian({ median, count }: WindowMedian): string {
  return median === null ? '–' : `${formatNumber(median)} (${count})`;
}

/** From the first training step to the last. */
export function describeSteps([first, last]: readonly [number, number]): string {
  return `${formatNumber(first)} to ${formatNumber(last)}`;
}
