/**
 * ln(1 + x) − x to full relative accuracy, also where the two nearly cancel: with r = x/(2 + x),
 * ln(1 + x) = 2·artanh r and x² = r·x·(2 + x).
 *
 * @param x above −1.
 */
export function logRemainder(x: number): number {
  if (x < -0.5 || x > 1) return Math.log1p(x) - x;
  const r = x / (2 + x);
  const square = r * r;
  let sum = 0;
  let power = square;
  for (let k = 3; ; k += 2) {
    const next = sum + power / k;
    if (next === sum) return r * (2 * sum - x);
    sum = next;
    power *= square;
  }
}

/** e^x − 1 − x to full relative accuracy, also where they nearly cancel (Taylor's series there). */
export function exponentialRemainder(x: number): number {
  if (Math.abs(x) > 1) return Math.expm1(x) - x;
  let sum = 0;
  let term = (x * x) / 2;
  for (let k = 3; ; k++) {
    const next = sum + term;
    if (next === sum) return sum;
    sum = next;
    term *= x / k;
  }
}
