/** Until a series has been this long, nothing is said of it. */
const FIRST_LOOK = 12;
/**
 * How much larger the chance of a false answer is when the question is asked at every measurement until the series has
 * doubled than when it is asked once: measured, see docs/stretches.md.
 */
const WITHIN_DOUBLING = 3.5;

/**
 * By what a p-value is multiplied where the same question is asked again and again while a series grows. Each time that the
 * series doubles, a part of alpha is spent that falls as 1/(j(j + 1)): over all doublings they add up to it, however long
 * training takes (alpha spending, Lan & DeMets 1983).
 *
 * @param n measurements so far, at least 12.
 */
export function spreadOverLooks(n: number): number {
  const doublings = Math.floor(Math.log2(n / FIRST_LOOK)) + 1;
  return WITHIN_DOUBLING * doublings * (doublings + 1);
}
