import {
  dot,
  legendrePolynomials,
  orthonormalize,
  removeProjections,
} from '../../numerics/orthonormal-polynomials.ts';
import type { ChangeKind, Regressor } from './change-kind.ts';
import { FourWindows } from './four-windows.ts';
import { type NoiseModel, type StepResponse, stepResponse, whiten, whitenFrom } from './noise-model.ts';

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
  /** Products of `residual` with the whitened unit steps at every position, summed from each position to the end. */
  readonly stepSums: Float64Array;
}

const HIGHEST_DEGREE = 7;
const TREND_DEGREE = 3;
/** Below this share of the total a sum of squares is rounding, and no noise may be claimed to be smaller. */
const ROUNDING = 1e-13;
/** A change of which a cubic leaves less than this share cannot be told from one. */
const NEARLY_CUBIC = 1e-6;

/**
 * A window of `length` points whose noise is of a given model. Everything is seen through the whitening that makes
 * that noise independent, and against the whitened cubics.
 *
 * Steps at all places of a window are tested at once: the product of any vector with the whitened step at p is a sum
 * over what follows p, so that one pass from the end gives all of them, a second sum those of all transitions that take
 * longer, and of all kinks.
 */
export class WhitenedWindow {
  readonly length: number;
  readonly noise: NoiseModel;
  /** What a step looks like through the whitening. */
  readonly step: StepResponse;
  /** Orthonormal; the constant and up to degree 3. A wandering level has no constant. */
  readonly trend: readonly Float64Array[];
  /** Orthonormal to each other and to the trend: degrees 4 to 7, as far as the window determines them. */
  readonly bends: readonly Float64Array[];
  /** Arrays for a fit that nobody needs once the next is made: making new ones takes longer than the fit. */
  readonly scratch: FitArrays;
  /** The same for four windows of a series at once. */
  readonly four: FourWindows;
  /** Points less the parameters of the trend and of one change. */
  readonly degreesOfFreedom: number;
  readonly #trendStepSums: readonly Float64Array[];
  /** By the kinds' ids. */
  readonly #squares: Squares[] = [];

  private constructor(length: number, noise: NoiseModel) {
    this.length = length;
    this.noise = noise;
    this.scratch = fitArrays(length);
    this.four = FourWindows.of(length);
    const degree = Math.min(HIGHEST_DEGREE, length - 3);
    const first = noise.wandering ? 1 : 0;
    const polynomials = orthonormalize(
      legendrePolynomials(length, degree)
        .slice(first)
        .map((p) => whiten(p, noise)),
    );
    this.trend = polynomials.slice(0, TREND_DEGREE + 1 - first);
    this.bends = polynomials.slice(TREND_DEGREE + 1 - first);
    this.degreesOfFreedom = length - TREND_DEGREE - 2;
    this.step = stepResponse(noise);
    this.#trendStepSums = this.trend.map((q) => this.#sumSteps(q, new Float64Array(length + 1)));
  }

  /** The window of that length and noise, made once. */
  static of(length: number, noise: NoiseModel): WhitenedWindow {
    const key = `${length} ${noise.phi} ${noise.wandering}`;
    let window = made.get(key);
    if (window === undefined) {
      if (made.size >= MOST_KEPT) made.clear();
      window = new WhitenedWindow(length, noise);
      made.set(key, window);
    }
    return window;
  }

  /** Fits four windows of a series, those that begin at `starts`: in `four` until the next time. */
  fitFour(values: Float64Array, starts: ArrayLike<number>): void {
    this.four.fit(values, starts, this, ROUNDING);
  }

  /** Where the window that tests `t` starts: centered, or frozen at the ends of the n points. */
  start(t: number, n: number): number {
    return Math.min(Math.max(t - (this.length >> 1), 0), n - this.length);
  }

  /**
   * The window's data, whitened and freed of their cubic.
   *
   * @param into arrays to be used again; by default new ones.
   */
  fit(values: Float64Array, start: number, into: FitArrays = fitArrays(this.length)): WindowFit {
    const { residual, stepSums } = into;
    whitenFrom(values, start, this.length, values[start + (this.length >> 1)], this.noise, residual);
    const total = dot(residual, residual);
    const norm = removeProjections(residual, this.trend, total);
    this.#sumSteps(residual, stepSums);
    return { residual, rss: Math.max(norm * norm, ROUNDING * total), stepSums };
  }

  /**
   * Squared lengths of the changes of a kind that begin at each position, whitened and freed of their cubic; 0 where
   * one is so nearly a cubic that nothing can be said of it, or does not fit in.
   */
  squares(kind: ChangeKind): Float64Array {
    return this.#known(kind).squares;
  }

  /** Their roots. */
  norms(kind: ChangeKind): Float64Array {
    const known = this.#known(kind);
    known.norms ??= known.squares.map(Math.sqrt);
    return known.norms;
  }

  /** The shape of an arbitrary regressor. */
  shape(at: Regressor): Shape {
    const unit = new Float64Array(this.length);
    for (let s = 0; s < unit.length; s++) unit[s] = at(s);
    whiten(unit, this.noise);
    const norm = removeProjections(unit, this.trend);
    for (let s = 0; s < unit.length; s++) unit[s] /= norm;
    return { unit, norm };
  }

  /** How much of a unit innovation at `position` a cubic can follow, 0 to 1. */
  leverage(position: number): number {
    return this.trend.reduce((sum, q) => sum + q[position] ** 2, 0);
  }

  #known(kind: ChangeKind): Squares {
    this.#squares[kind.id] ??= { squares: this.#squaresOf(kind), norms: null };
    return this.#squares[kind.id];
  }

  #squaresOf(kind: ChangeKind): Float64Array {
    const { length } = this;
    const response = kind.response(this);
    const raw = new Float64Array(length + 1);
    for (let s = 0; s < length; s++) raw[s + 1] = raw[s] + response[s] * response[s];
    const squares = new Float64Array(length);
    const count = Math.max(0, length - kind.extent + 1);
    for (let p = 0; p < count; p++) squares[p] = raw[length - p];
    const along = new Float64Array(count);
    for (const sums of this.#trendStepSums) {
      kind.along(sums, 0, count, along);
      for (let p = 0; p < count; p++) {
        const product = along[p] / kind.divisor;
        squares[p] -= product * product;
      }
    }
    for (let p = 0; p < count; p++) if (!(squares[p] > NEARLY_CUBIC * raw[length - p])) squares[p] = 0;
    return squares;
  }

  #sumSteps(vector: Float64Array, into: Float64Array): Float64Array {
    const { next, rest } = this.step;
    let sum = 0;
    let after = 0;
    let beyond = 0;
    into[this.length] = 0;
    for (let p = this.length - 1; p >= 0; p--) {
      sum = sum + vector[p] + next * after + rest * beyond;
      into[p] = sum;
      beyond += after;
      after = vector[p];
    }
    return into;
  }
}

/** What a window knows of the changes of a kind at all positions. */
interface Squares {
  readonly squares: Float64Array;
  norms: Float64Array | null;
}

/** The arrays of a `WindowFit`. */
export type FitArrays = Pick<WindowFit, 'residual' | 'stepSums'>;

export function fitArrays(length: number): FitArrays {
  return { residual: new Float64Array(length), stepSums: new Float64Array(length + 1) };
}

/** Windows kept for the next series. */
const MOST_KEPT = 256;
const made = new Map<string, WhitenedWindow>();

/** Sum of squares that `shape` takes from a window's residual. */
export function explained(fit: WindowFit, shape: Shape): number {
  return dot(fit.residual, shape.unit) ** 2;
}
