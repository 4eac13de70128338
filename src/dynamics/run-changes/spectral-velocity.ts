/** How fast a spectrum moves, measurement by measurement. */
export interface SpectralVelocity {
  /** ‖σ(t) − σ(t−1)‖ / ‖σ(t)‖ at each measurement, at least 0; NaN exactly where it is undetermined, so always at the first. */
  readonly values: Float64Array;
  readonly undetermined: readonly { readonly index: number; readonly reason: string }[];
}

/**
 * The spectral velocity of a layer: the length of the step that its singular values take from one measurement to the next, as
 * a share of their own length. Unlike a dimensionality it also sees a layer that only grows, shrinks or comes to rest.
 *
 * A spectrum that did not move at all has velocity 0; its logarithm is undefined, and no movement must not be read as a
 * very slow one.
 *
 * @param singularValues descending, one vector per measurement; empty, or with NaN, where there is none.
 * @example
 * spectralVelocity([Float64Array.of(3, 4), Float64Array.of(3, 5)]).values; // [NaN, 1/√34]
 */
export function spectralVelocity(singularValues: readonly Float64Array[]): SpectralVelocity {
  const values = new Float64Array(singularValues.length).fill(Number.NaN);
  const undetermined: { index: number; reason: string }[] = [];
  singularValues.forEach((now, index) => {
    const velocity = index === 0 ? 'nothing was measured before it' : between(singularValues[index - 1], now);
    if (typeof velocity === 'number') values[index] = velocity;
    else undetermined.push({ index, reason: velocity });
  });
  return { values, undetermined };
}

function between(before: Float64Array, now: Float64Array): number | string {
  if (before.length === 0 || now.length === 0) return 'a spectrum is missing';
  if (before.length !== now.length) return `the spectra have ${before.length} and ${now.length} values`;
  const size = lengthOf(now, (i) => now[i]);
  if (!(size > 0 && size < Number.POSITIVE_INFINITY)) return `the spectrum has length ${size}`;
  const velocity = lengthOf(now, (i) => now[i] - before[i]) / size;
  return Number.isFinite(velocity) ? velocity : 'the spectrum before has no finite length';
}

/** Euclidean length, of numbers of any size. */
function lengthOf(values: Float64Array, at: (i: number) => number): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(at(i));
    if (!(size <= largest)) largest = size;
  }
  if (!(largest > 0 && largest < Number.POSITIVE_INFINITY)) return largest;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (at(i) / largest) ** 2;
  return largest * Math.sqrt(squares);
}
