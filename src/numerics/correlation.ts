/** A correlation coefficient in [−1, 1], or why there is none. */
export type Correlation =
  | { readonly determined: true; readonly value: number }
  | { readonly determined: false; readonly reason: string };

/** Why no correlation of `x` and `y` exists, or null where one does. */
export function correlationObstacle(x: ArrayLike<number>, y: ArrayLike<number>): string | null {
  if (x.length !== y.length)
    throw new RangeError(`x has ${x.length} values and y has ${y.length}; allowed: equal counts`);
  if (x.length < 2) return `a correlation needs at least 2 pairs; there are ${x.length}`;
  if (allEqual(x) && allEqual(y)) return 'both variables are constant';
  if (allEqual(x)) return 'the first variable is constant';
  if (allEqual(y)) return 'the second variable is constant';
  return null;
}

function allEqual(values: ArrayLike<number>): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
  return true;
}
