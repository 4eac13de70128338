import type { Quantity } from './run-series.ts';

/** Contrasts of one width in all series of one quantity. */
export interface Channel {
  readonly quantity: Quantity;
  /** Measurements on either side. */
  readonly width: number;
}

/** Below so many measurements a run is looked at through narrower windows. */
const SHORT = 100;

/**
 * Narrow windows for impulses, wide ones for what stays. Velocities are noisy from one measurement to the next and need wider ones.
 */
export function channelsFor(n: number): readonly Channel[] {
  return n < SHORT ? NARROW : WIDE;
}

const NARROW = channelsOf([1, 2, 4], [2, 4, 8]);
const WIDE = channelsOf([2, 4, 10], [3, 10, 20]);

function channelsOf(level: readonly number[], noisy: readonly number[]): readonly Channel[] {
  const widths = { shape: level, size: level, velocity: noisy, pace: noisy, loss: level };
  return Object.entries(widths).flatMap(([quantity, all]) =>
    all.map((width) => ({ quantity: quantity as Quantity, width })),
  );
}

/** The next narrower width that a channel's spread is held against; null for the narrowest. */
export function narrowerWidth(width: number): number | null {
  return { 2: 1, 3: 2, 4: 2, 8: 4, 10: 4, 20: 10 }[width] ?? null;
}

/** Contrasts that a reference of this channel needs: neighboring wide ones say the same again. */
export function leastReference(width: number): number {
  return Math.max(8, 2 * width);
}

/**
 * The least that the spread of a contrast can be, as a share of that of the narrower one: means of noise spread less by the root of
 * the widths, contrasts of a level that walks at least as much.
 */
export function leastShare(quantity: Quantity, width: number, narrower: number): number {
  return quantity === 'shape' || quantity === 'size' ? 1 : Math.sqrt(narrower / width);
}

/** Least standard deviation of a contrast that counts, in logarithms: below it there is rounding, or too few values agree by chance. */
export const LEAST_DEVIATION: Readonly<Record<Quantity, number>> = {
  shape: 1e-7,
  size: 1e-7,
  velocity: 0.1,
  pace: 0.1,
  loss: 1e-7,
};
