/** Between successive estimates; the last one is better by far more than it differs from the one before. */
const AGREEMENT = 1e-14;
const FIRST_STEP = 1 / 4;
const MOST_HALVINGS = 8;

interface Node {
  readonly place: number;
  readonly weight: number;
}

const rules: Node[][] = [];

/**
 * ∫₀^∞ exp(−h(u)) du by double-exponential quadrature (Takahasi & Mori 1974): the trapezoidal rule in t, where
 * u = exp(t − e^−t), with its step halved until two results agree to 1e-14. Nothing cancels: all terms are positive.
 *
 * @param h convex, h(0) = 0, and growing beyond all bounds.
 * @param width a guess of where h reaches 1; a bad one costs time only.
 * @throws Error where the results do not come to agree.
 */
export function tailIntegral(h: (u: number) => number, width: number): number {
  const scale = whereOne(h, width);
  let previous = Number.NaN;
  for (let halvings = 0; halvings <= MOST_HALVINGS; halvings++) {
    let sum = 0;
    for (const { place, weight } of ruleOf(halvings)) sum += weight * Math.exp(-h(scale * place));
    if (Math.abs(sum - previous) <= AGREEMENT * sum) return sum * scale;
    previous = sum;
  }
  throw new Error(`the tail of a distribution did not converge after ${MOST_HALVINGS} refinements`);
}

/** To within a factor of 4. */
function whereOne(h: (u: number) => number, guess: number): number {
  let scale = guess;
  while (h(scale) < 1 && scale < 1e305) scale *= 4;
  while (h(scale / 4) > 1 && scale > 1e-305) scale /= 4;
  return scale;
}

/** Beyond these nodes the integrand is below 1e-30 of its height, or the weight is. */
function ruleOf(halvings: number): readonly Node[] {
  rules[halvings] ??= makeRule(FIRST_STEP / 2 ** halvings);
  return rules[halvings];
}

function makeRule(step: number): Node[] {
  const nodes: Node[] = [];
  for (let k = Math.ceil(-4.5 / step); k * step <= 6.5; k++) {
    const t = k * step;
    const place = Math.exp(t - Math.exp(-t));
    nodes.push({ place, weight: place * (1 + Math.exp(-t)) * step });
  }
  return nodes;
}
