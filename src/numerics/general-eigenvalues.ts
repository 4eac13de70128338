/** An eigenvalue of a matrix that need not be symmetric. */
export interface Complex {
  readonly real: number;
  readonly imaginary: number;
}

/** QR steps for one eigenvalue before giving up; three are usual. */
const MAX_STEPS = 300;

/**
 * All eigenvalues of a real square matrix, in no particular order, conjugate pairs beside one another: reduction to Hessenberg form, then QR
 * steps with Francis's double shift. Meant for small matrices, a head's width.
 *
 * @param matrix row-major `[order, order]`. Not changed.
 * @returns null where it does not converge, or an element is not finite.
 * Source: Golub & Van Loan, *Matrix Computations*, §7.4–7.5.
 * @example
 * generalEigenvalues(Float64Array.of(0, -1, 1, 0), 2)
 * // [{ real: 0, imaginary: 1 }, { real: 0, imaginary: -1 }]
 */
export function generalEigenvalues(matrix: Float64Array, order: number): Complex[] | null {
  if (!matrix.every(Number.isFinite)) return null;
  const h = hessenberg(matrix, order);
  const norm = h.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const found: Complex[] = [];
  let [last, steps] = [order - 1, 0];
  while (last >= 0) {
    const first = startOfBlock(h, order, last, norm);
    if (first === last) {
      found.push({ real: h[last * order + last], imaginary: 0 });
      [last, steps] = [last - 1, 0];
    } else if (first === last - 1) {
      found.push(...ofTwo(h, order, first));
      [last, steps] = [last - 2, 0];
    } else {
      if (++steps > MAX_STEPS) return null;
      francisStep(h, order, first, last, steps % 10 === 0);
    }
  }
  return found.every(({ real, imaginary }) => Number.isFinite(real + imaginary)) ? found : null;
}

/** Where the unreduced block that ends at `last` begins; what separates it is set to 0. */
function startOfBlock(h: Float64Array, n: number, last: number, norm: number): number {
  for (let k = last; k > 0; k--) {
    const beside = Math.abs(h[(k - 1) * n + k - 1]) + Math.abs(h[k * n + k]);
    if (Math.abs(h[k * n + k - 1]) <= Number.EPSILON * (beside === 0 ? norm : beside)) {
      h[k * n + k - 1] = 0;
      return k;
    }
  }
  return 0;
}

function ofTwo(h: Float64Array, n: number, at: number): Complex[] {
  const [a, b, c, d] = [h[at * n + at], h[at * n + at + 1], h[(at + 1) * n + at], h[(at + 1) * n + at + 1]];
  const half = (a - d) / 2;
  const discriminant = half * half + b * c;
  const middle = (a + d) / 2;
  const root = Math.sqrt(Math.abs(discriminant));
  if (discriminant < 0) {
    return [
      { real: middle, imaginary: root },
      { real: middle, imaginary: -root },
    ];
  }
  // The larger one without cancellation, the smaller from the product of the two.
  const larger = half >= 0 ? half + root : half - root;
  return [
    { real: d + larger, imaginary: 0 },
    { real: larger === 0 ? d : d - (b * c) / larger, imaginary: 0 },
  ];
}

/** One QR step with both shifts of the trailing two rows on rows and columns `first` to `last`, chasing the bulge. */
function francisStep(h: Float64Array, n: number, first: number, last: number, exceptional: boolean): void {
  const at = (i: number, j: number): number => h[i * n + j];
  const [p, q] = [last - 1, last];
  let sum = at(p, p) + at(q, q);
  let product = at(p, p) * at(q, q) - at(p, q) * at(q, p);
  if (exceptional) {
    // Shifts that lie off any cycle.
    const size = Math.abs(at(q, p)) + Math.abs(at(p, Math.max(first, p - 1)));
    [sum, product] = [1.5 * size, size * size];
  }
  const f = first;
  let x = at(f, f) ** 2 + at(f, f + 1) * at(f + 1, f) - sum * at(f, f) + product;
  let y = at(f + 1, f) * (at(f, f) + at(f + 1, f + 1) - sum);
  let z = at(f + 2, f + 1) * at(f + 1, f);
  for (let k = first; k < last; k++) {
    const count = Math.min(3, last - k + 1);
    reflect(h, n, k, Float64Array.of(x, y, z).subarray(0, count), first, last);
    x = at(k + 1, k);
    y = k + 2 <= last ? at(k + 2, k) : 0;
    z = k + 3 <= last ? at(k + 3, k) : 0;
  }
}

/** H ← P H P with P the reflection that turns `vector`, at rows `k` on, onto the first of them. */
function reflect(
  h: Float64Array,
  n: number,
  k: number,
  vector: Float64Array,
  first: number,
  last: number,
): void {
  const norm = Math.hypot(...vector);
  if (norm === 0) return;
  vector[0] += vector[0] > 0 ? norm : -norm;
  const square = vector.reduce((sum, value) => sum + value * value, 0);
  const count = vector.length;
  for (let j = Math.max(first, k - 1); j <= last; j++) {
    let dot = 0;
    for (let i = 0; i < count; i++) dot += vector[i] * h[(k + i) * n + j];
    for (let i = 0; i < count; i++) h[(k + i) * n + j] -= ((2 * dot) / square) * vector[i];
  }
  for (let i = first; i <= Math.min(last, k + 3); i++) {
    let dot = 0;
    for (let j = 0; j < count; j++) dot += vector[j] * h[i * n + k + j];
    for (let j = 0; j < count; j++) h[i * n + k + j] -= ((2 * dot) / square) * vector[j];
  }
}

/** The same eigenvalues, zeros below the first subdiagonal. */
function hessenberg(matrix: Float64Array, n: number): Float64Array {
  const h = matrix.slice();
  for (let k = 0; k + 2 < n; k++) {
    const vector = Float64Array.from({ length: n - k - 1 }, (_, i) => h[(k + 1 + i) * n + k]);
    const norm = Math.hypot(...vector);
    if (norm === 0) continue;
    vector[0] += vector[0] > 0 ? norm : -norm;
    const square = vector.reduce((sum, value) => sum + value * value, 0);
    for (let j = 0; j < n; j++) {
      let dot = 0;
      for (let i = 0; i < vector.length; i++) dot += vector[i] * h[(k + 1 + i) * n + j];
      for (let i = 0; i < vector.length; i++) h[(k + 1 + i) * n + j] -= ((2 * dot) / square) * vector[i];
    }
    for (let i = 0; i < n; i++) {
      let dot = 0;
      for (let j = 0; j < vector.length; j++) dot += vector[j] * h[i * n + k + 1 + j];
      for (let j = 0; j < vector.length; j++) h[i * n + k + 1 + j] -= ((2 * dot) / square) * vector[j];
    }
    for (let i = k + 2; i < n; i++) h[i * n + k] = 0;
  }
  return h;
}
