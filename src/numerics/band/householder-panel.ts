/** Below this sum of squares beside elements near 1, a column needs no reflection (see `tridiagonalize`). */
const NEGLIGIBLE_SQUARE = 2 ** -200;

/**
 * Triangulates a panel from the left by Householder reflections: Q R = panel, Q = H₁ H₂ … with Hⱼ = I − τⱼ vⱼ vⱼᵀ.
 *
 * @param panel transposed, row-major [width, height]: each of its rows is a column of the panel. It is overwritten with
 *   V, whose rows are v₁, v₂, … with zeros before a leading 1; rows without a reflection become zero.
 * @returns τ, and R, row-major [width, width] (its first rows; the last are zero where the panel is lower than wide).
 * @example
 * factorPanel(Float64Array.of(3, 4), 1, 2).triangle; // [-5]
 */
export function factorPanel(
  panel: Float64Array,
  width: number,
  height: number,
): { readonly factors: Float64Array; readonly triangle: Float64Array } {
  const factors = new Float64Array(width);
  const triangle = new Float64Array(width * width);
  for (let j = 0; j < width; j++) {
    const column = panel.subarray(j * height, (j + 1) * height);
    for (let i = 0; i < Math.min(j, height); i++) {
      triangle[i * width + j] = column[i];
      column[i] = 0;
    }
    if (j >= height) continue;
    const { factor, leading } = reflection(column, j);
    triangle[j * width + j] = leading;
    factors[j] = factor;
    if (factor === 0) continue;
    for (let later = j + 1; later < width; later++) {
      reflectColumn(panel.subarray(later * height, (later + 1) * height), column, factor, j);
    }
  }
  return { factors, triangle };
}

/** Turns x from `from` on into v with a leading 1, (I − τ v vᵀ) x = leading·e₁. */
function reflection(x: Float64Array, from: number): { factor: number; leading: number } {
  const first = x[from];
  let rest = 0;
  for (let i = from + 1; i < x.length; i++) rest += x[i] * x[i];
  if (rest < NEGLIGIBLE_SQUARE) {
    x.fill(0, from);
    return { factor: 0, leading: first };
  }
  const norm = Math.sqrt(first * first + rest);
  const leading = first > 0 ? -norm : norm;
  const scale = 1 / (first - leading);
  x[from] = 1;
  for (let i = from + 1; i < x.length; i++) x[i] *= scale;
  return { factor: (leading - first) / leading, leading };
}

function reflectColumn(x: Float64Array, v: Float64Array, factor: number, from: number): void {
  // Four sums: the processor adds them side by side, which one running sum forbids.
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let i = from;
  for (; i + 3 < x.length; i += 4) {
    s0 += x[i] * v[i];
    s1 += x[i + 1] * v[i + 1];
    s2 += x[i + 2] * v[i + 2];
    s3 += x[i + 3] * v[i + 3];
  }
  for (; i < x.length; i++) s0 += x[i] * v[i];
  const scale = factor * (s0 + s1 + (s2 + s3));
  for (i = from; i < x.length; i++) x[i] -= scale * v[i];
}

/**
 * T of the compact form H₁ H₂ … = I − V T Vᵀ, row-major upper triangle [width, width] (Schreiber & Van Loan 1989).
 *
 * @param gram Vᵀ V, row-major [width, width].
 */
export function compactFactor(factors: Float64Array, gram: Float64Array): Float64Array {
  const width = factors.length;
  const t = new Float64Array(width * width);
  for (let j = 0; j < width; j++) {
    t[j * width + j] = factors[j];
    for (let i = 0; i < j; i++) {
      let sum = 0;
      for (let k = i; k < j; k++) sum += t[i * width + k] * gram[k * width + j];
      t[i * width + j] = -factors[j] * sum;
    }
  }
  return t;
}
