/** Bernoulli numbers B₂ₖ over 2k(2k − 1), from k = 1 (DLMF 5.11.1). */
const COEFFICIENTS = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
];
/** From here on the first term left out is below 1e-17. */
const SERIES_FROM = 12;

/**
 * Binet's function: what Stirling's formula leaves out, ln Γ(a) − (a − ½) ln a + a − ½ ln 2π. Error below 1e-15, or
 * relative where the value is above 1.
 *
 * Powers and gamma functions of large arguments are huge numbers whose quotient is not; with this function the quotient
 * is written without them (Loader 2000, "Fast and accurate computation of binomial probabilities").
 *
 * @param a above 0.
 * @example
 * binetFunction(1); // 0.0810614667953272 = 1 − ½ ln 2π
 */
export function binetFunction(a: number): number {
  let steps = 0;
  for (; a < SERIES_FROM; a++) steps += (a + 0.5) * Math.log1p(1 / a) - 1;
  const inverseSquare = 1 / (a * a);
  let series = 0;
  for (let k = COEFFICIENTS.length - 1; k >= 0; k--) series = series * inverseSquare + COEFFICIENTS[k];
  return steps + series / a;
}
