/** Fractions that need more terms than this have a better way of being computed. */
const MAX_TERMS = 400;
const ROUNDING = 2 ** -53;

/**
 * The continued fraction 1/(d₀ + n₁/(d₁ + n₂/(d₂ + …))) by the modified Lentz algorithm (Thompson & Barnett 1986), or
 * null where it has not converged after 400 terms.
 */
export function continuedFraction(
  numerator: (k: number) => number,
  denominator: (k: number) => number,
): number | null {
  let c = 1e300;
  let d = 1 / awayFromZero(denominator(0));
  let value = d;
  for (let k = 1; k <= MAX_TERMS; k++) {
    const [above, below] = [numerator(k), denominator(k)];
    d = 1 / awayFromZero(below + above * d);
    c = awayFromZero(below + above / c);
    value *= c * d;
    if (Math.abs(c * d - 1) <= ROUNDING) return value;
  }
  return null;
}

function awayFromZero(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value;
}
