import {
  dot,
  legendrePolynomials,
  orthonormalize,
  removeProjections,
} from '../../../numerics/orthonormal-polynomials.ts';

/** A regressor as the test sees it: whitened, orthogonal to every cubic, scaled to unit length. */
export interface Shape {
  readonly unit: Float64Array;
  /** Length before scaling; a fit along `unit` divided by `norm` is the size in the data's own unit. */
  readonly norm: number;
}

/** The data of one window as the test sees them. */
export interface WindowFit {
  /** Whitened data, orthogonal to every cubic. */
  readonly residual: Float64Array;
  /** Sum of squares of `residual`. */
  readonly rss: number;
}

/**
 * A window of `length` points whose noise is a first-order autoregression with coefficient φ. Everything is seen
 * through the whitening z₀ = √(1−φ²)·y₀, z_s = y_s − φ·y_{s−1}, which makes that noise white, and against the
 * whitened polynomials of degree 0 to 7. The shapes depend on φ and the length only, so each is built once.
 */
export class WhitenedWindow {
  readonly length: number;
  readonly phi: number;
  /** Orthonormal; the first four span the whitened cubics. */
  readonly polynomials: readonly Float64Array[];
  readonly #cubics: readonly Float64Array[];
  readonly #steps = new Map<number, Shape>();
  readonly #kinks = new Map<number, Shape>();

  constructor(length: number, phi: number) {
    this.length = length;
    this.phi = phi;
    this.polynomials = orthonormalize(legendrePolynomials(length, 7).map((p) => this.#whiten(p)));
    this.#cubics = this.polynomials.slice(0, 4);
  }

  /** Where the window that tests `t` starts: centered, or frozen at the ends of the n points. */
  start(t: number, n: number): number {
    return Math.min(Math.max(t - (this.length >> 1), 0), n - this.length);
  }

  /** Level 0 before `position`, 1 from it on. */
  step(position: number): Shape {
    return remembered(this.#steps, position, () => this.#shape((s) => (s >= position ? 1 : 0)));
  }

  /** Slope 0 before `position`, 1 from it on. */
  kink(position: number): Shape {
    return remembered(this.#kinks, position, () => this.#shape((s) => Math.max(0, s - position)));
  }

  /** The shape of an arbitrary regressor. */
  #shape(at: Regressor): Shape {
    // Hundreds of shapes are built for a series, so without an array in between.
    const { length, phi } = this;
    const unit = new Float64Array(length);
    let previous = at(0);
    unit[0] = Math.sqrt(1 - phi * phi) * previous;
    for (let s = 1; s < length; s++) {
      const x = at(s);
      unit[s] = x - phi * previous;
      previous = x;
    }
    const norm = removeProjections(unit, this.#cubics);
    for (let s = 0; s < unit.length; s++) unit[s] /= norm;
    return { unit, norm };
  }

  /** The window's data, whitened and freed of their cubic. */
  fit(values: Float64Array, start: number): WindowFit {
    const residual = this.#whiten(centered(values, start, this.length));
    const norm = removeProjections(residual, this.#cubics);
    return { residual, rss: norm * norm };
  }

  /** How much of a unit innovation at `position` a cubic can follow, 0 to 1. */
  leverage(position: number): number {
    return this.#cubics.reduce((sum, q) => sum + q[position] ** 2, 0);
  }

  /**
   * Sum of squares that a regressor takes from the residual of `fit`. For one use: it builds no shape, and so must
   * not be nearly a cubic.
   */
  explainedBy(fit: WindowFit, at: Regressor): number {
    const { length, phi } = this;
    const [q0, q1, q2, q3] = this.#cubics;
    let previous = 0;
    let along = 0;
    let total = 0;
    let c0 = 0;
    let c1 = 0;
    let c2 = 0;
    let c3 = 0;
    for (let s = 0; s < length; s++) {
      const x = at(s);
      const z = s === 0 ? Math.sqrt(1 - phi * phi) * x : x - phi * previous;
      previous = x;
      if (z === 0) continue;
      along += fit.residual[s] * z;
      total += z * z;
      c0 += q0[s] * z;
      c1 += q1[s] * z;
      c2 += q2[s] * z;
      c3 += q3[s] * z;
    }
    return along ** 2 / (total - c0 * c0 - c1 * c1 - c2 * c2 - c3 * c3);
  }

  /**
   * The same fit reduced to two numbers, for scanning: the sum of squares left by the cubic, and the length of the
   * data along `shape`.
   */
  along(values: Float64Array, start: number, shape: Shape): { rss: number; along: number } {
    const { length, phi } = this;
    const [q0, q1, q2, q3] = this.#cubics;
    const u = shape.unit;
    const origin = values[start + (length >> 1)];
    let previous = values[start] - origin;
    let z = Math.sqrt(1 - phi * phi) * previous;
    let c0 = q0[0] * z;
    let c1 = q1[0] * z;
    let c2 = q2[0] * z;
    let c3 = q3[0] * z;
    let along = u[0] * z;
    let total = z * z;
    for (let s = 1; s < length; s++) {
      const y = values[start + s] - origin;
      z = y - phi * previous;
      previous = y;
      c0 += q0[s] * z;
      c1 += q1[s] * z;
      c2 += q2[s] * z;
      c3 += q3[s] * z;
      along += u[s] * z;
      total += z * z;
    }
    // Below 1e-13 of the total the difference is rounding, and no noise may be claimed to be smaller than that.
    const rss = Math.max(total - c0 * c0 - c1 * c1 - c2 * c2 - c3 * c3, 1e-13 * total);
    return { rss, along };
  }

  #whiten(values: Float64Array): Float64Array {
    const { phi } = this;
    return values.map((y, s) => (s === 0 ? Math.sqrt(1 - phi * phi) * y : y - phi * values[s - 1]));
  }
}

/** A regressor by its value at each position of the window. */
export type Regressor = (position: number) => number;

/** Sum of squares that `shape` takes from a window's residual. */
export function explained(fit: WindowFit, shape: Shape): number {
  return dot(fit.residual, shape.unit) ** 2;
}

/** Sum of squares that the polynomials of degree 4 … `degree` take from a window's residual. */
export function explainedByPolynomial(window: WhitenedWindow, fit: WindowFit, degree: number): number {
  let sum = 0;
  for (let k = 4; k <= degree; k++) sum += dot(fit.residual, window.polynomials[k]) ** 2;
  return sum;
}

function centered(values: Float64Array, start: number, length: number): Float64Array {
  const origin = values[start + (length >> 1)];
  return values.slice(start, start + length).map((value) => value - origin);
}

function remembered<T>(memory: Map<number, T>, key: number, make: () => T): T {
  let made = memory.get(key);
  if (made === undefined) {
    made = make();
    memory.set(key, made);
  }
  return made;
}
