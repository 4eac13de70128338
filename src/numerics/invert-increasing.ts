/**
 * Where an increasing function reaches a target, by bisection down to neighboring floating-point numbers.
 * Slow (some 60 evaluations or more) and unable to diverge.
 *
 * @param low,high a bracket: f(low) <= target <= f(high).
 * @example
 * invertIncreasing((x) => x * x, 2, 0, 2); // 1.4142135623730951
 */
export function invertIncreasing(
  f: (x: number) => number,
  target: number,
  low: number,
  high: number,
): number {
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return high;
    if (f(middle) < target) low = middle;
    else high = middle;
  }
}
