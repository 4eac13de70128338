import { type NoiseModel, type StepResponse, whitenFrom } from './noise-model.ts';

/** Windows that are fitted side by side. */
export const TOGETHER = 4;

/**
 * Fits of four windows of one series at once. Each gets the bits that `WhitenedWindow.fit` gives it, for its sums are added up in the
 * same order; but a sum waits for its last addition, and four of them wait no longer than one.
 */
export class FourWindows {
  /** Of each window, as in `WindowFit`. */
  readonly rss = new Float64Array(TOGETHER);
  readonly stepSums: readonly Float64Array[];
  readonly #length: number;
  /** Entry 4·s + k belongs to measurement s of window k. */
  readonly #residuals: Float64Array;
  /** What they were before a second pass that not all need. */
  readonly #before: Float64Array;
  readonly #sums = new Float64Array(TOGETHER);
  readonly #totals = new Float64Array(TOGETHER);

  /** For windows of that length, one after another. */
  static of(length: number): FourWindows {
    let four = made.get(length);
    if (four === undefined) {
      if (made.size >= MOST_KEPT) made.clear();
      four = new FourWindows(length);
      made.set(length, four);
    }
    return four;
  }

  private constructor(length: number) {
    this.#length = length;
    this.#residuals = new Float64Array(TOGETHER * length);
    this.#before = new Float64Array(TOGETHER * length);
    this.stepSums = Array.from({ length: TOGETHER }, () => new Float64Array(length + 1));
  }

  /**
   * @param starts first measurement of each window.
   * @param least share of its sum of squares that counts as left of a window at least.
   */
  fit(
    values: Float64Array,
    starts: ArrayLike<number>,
    { trend, noise, step }: FourWindowsModel,
    least: number,
  ): void {
    const length = this.#length;
    for (let k = 0; k < TOGETHER; k++) {
      const start = starts[k];
      whitenFrom(values, start, length, values[start + (length >> 1)], noise, this.#residuals, TOGETHER, k);
    }
    sumsOfSquares(this.#residuals, this.#totals);
    this.#removeTrend(trend);
    for (let k = 0; k < TOGETHER; k++) {
      const norm = Math.sqrt(this.#sums[k]);
      this.rss[k] = Math.max(norm * norm, least * this.#totals[k]);
    }
    sumSteps(this.#residuals, step, this.stepSums);
  }

  /** As `removeProjections`; `#sums` become the sums of squares of what is left. */
  #removeTrend(trend: readonly Float64Array[]): void {
    const sums = this.#sums;
    const totals = this.#totals;
    subtractProjections(this.#residuals, trend, sums);
    let again = 0;
    for (let k = 0; k < TOGETHER; k++) if (!(sums[k] > 0.01 * totals[k])) again++;
    if (again === 0) return;
    this.#before.set(this.#residuals);
    const once = sums.slice();
    subtractProjections(this.#residuals, trend, sums);
    for (let k = 0; k < TOGETHER; k++) {
      if (!(once[k] > 0.01 * totals[k])) continue;
      sums[k] = once[k];
      for (let i = k; i < this.#residuals.length; i += TOGETHER) this.#residuals[i] = this.#before[i];
    }
  }
}

/** Lengths whose arrays are kept: a series is looked at through seven. */
const MOST_KEPT = 32;
const made = new Map<number, FourWindows>();

/** What `FourWindows` needs to know of a `WhitenedWindow`. */
export interface FourWindowsModel {
  readonly trend: readonly Float64Array[];
  readonly noise: NoiseModel;
  readonly step: StepResponse;
}

function sumsOfSquares(vectors: Float64Array, into: Float64Array): void {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < vectors.length; i += TOGETHER) {
    a += vectors[i] * vectors[i];
    b += vectors[i + 1] * vectors[i + 1];
    c += vectors[i + 2] * vectors[i + 2];
    d += vectors[i + 3] * vectors[i + 3];
  }
  into[0] = a;
  into[1] = b;
  into[2] = c;
  into[3] = d;
}

/** One after another, each in the pass that already sums the products with the next; at last the sums of squares. */
function subtractProjections(
  vectors: Float64Array,
  basis: readonly Float64Array[],
  sums: Float64Array,
): void {
  products(vectors, basis[0], sums);
  for (let k = 0; k + 1 < basis.length; k++) subtractOne(vectors, basis[k], basis[k + 1], sums);
  const last = basis[basis.length - 1];
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  const alongA = sums[0];
  const alongB = sums[1];
  const alongC = sums[2];
  const alongD = sums[3];
  for (let s = 0, i = 0; s < last.length; s++, i += TOGETHER) {
    const q = last[s];
    const leftA = vectors[i] - alongA * q;
    const leftB = vectors[i + 1] - alongB * q;
    const leftC = vectors[i + 2] - alongC * q;
    const leftD = vectors[i + 3] - alongD * q;
    vectors[i] = leftA;
    vectors[i + 1] = leftB;
    vectors[i + 2] = leftC;
    vectors[i + 3] = leftD;
    a += leftA * leftA;
    b += leftB * leftB;
    c += leftC * leftC;
    d += leftD * leftD;
  }
  sums[0] = a;
  sums[1] = b;
  sums[2] = c;
  sums[3] = d;
}

function products(vectors: Float64Array, q: Float64Array, into: Float64Array): void {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let s = 0, i = 0; s < q.length; s++, i += TOGETHER) {
    const factor = q[s];
    a += vectors[i] * factor;
    b += vectors[i + 1] * factor;
    c += vectors[i + 2] * factor;
    d += vectors[i + 3] * factor;
  }
  into[0] = a;
  into[1] = b;
  into[2] = c;
  into[3] = d;
}

/** Takes out the projections on q, of which `sums` has the lengths, and leaves there the products with `next`. */
function subtractOne(vectors: Float64Array, q: Float64Array, next: Float64Array, sums: Float64Array): void {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  const alongA = sums[0];
  const alongB = sums[1];
  const alongC = sums[2];
  const alongD = sums[3];
  for (let s = 0, i = 0; s < q.length; s++, i += TOGETHER) {
    const taken = q[s];
    const factor = next[s];
    const leftA = vectors[i] - alongA * taken;
    const leftB = vectors[i + 1] - alongB * taken;
    const leftC = vectors[i + 2] - alongC * taken;
    const leftD = vectors[i + 3] - alongD * taken;
    vectors[i] = leftA;
    vectors[i + 1] = leftB;
    vectors[i + 2] = leftC;
    vectors[i + 3] = leftD;
    a += leftA * factor;
    b += leftB * factor;
    c += leftC * factor;
    d += leftD * factor;
  }
  sums[0] = a;
  sums[1] = b;
  sums[2] = c;
  sums[3] = d;
}

function sumSteps(vectors: Float64Array, { next, rest }: StepResponse, into: readonly Float64Array[]): void {
  const first = into[0];
  const second = into[1];
  const third = into[2];
  const fourth = into[3];
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let afterA = 0;
  let afterB = 0;
  let afterC = 0;
  let afterD = 0;
  let beyondA = 0;
  let beyondB = 0;
  let beyondC = 0;
  let beyondD = 0;
  for (let p = first.length - 2, i = TOGETHER * p; p >= 0; p--, i -= TOGETHER) {
    const atA = vectors[i];
    const atB = vectors[i + 1];
    const atC = vectors[i + 2];
    const atD = vectors[i + 3];
    first[p] = a = a + atA + next * afterA + rest * beyondA;
    second[p] = b = b + atB + next * afterB + rest * beyondB;
    third[p] = c = c + atC + next * afterC + rest * beyondC;
    fourth[p] = d = d + atD + next * afterD + rest * beyondD;
    beyondA += afterA;
    beyondB += afterB;
    beyondC += afterC;
    beyondD += afterD;
    afterA = atA;
    afterB = atB;
    afterC = atC;
    afterD = atD;
  }
}
