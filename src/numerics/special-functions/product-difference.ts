/**
 * a·b − c·d as if computed with twice the digits: the rounding errors of the products (Dekker 1971) are carried along.
 * Factors below 1e150 in size.
 */
export function productDifference(a: number, b: number, c: number, d: number): number {
  const [left, right] = [a * b, c * d];
  return left - right + (productError(a, b, left) - productError(c, d, right));
}

/** What rounding took from a product: exact. */
function productError(a: number, b: number, product: number): number {
  const [aHigh, aLow] = halves(a);
  const [bHigh, bLow] = halves(b);
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}

function halves(value: number): [number, number] {
  const shifted = value * (2 ** 27 + 1);
  const high = shifted - (shifted - value);
  return [high, value - high];
}
