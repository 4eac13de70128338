import type { Random } from '../numerics/random.ts';

/** The product of a symmetric operator with a vector. Must not change or keep `v`; may reuse its result's memory. */
export type SymmetricOperator = (v: Float64Array) => Promise<Float64Array>;

export interface TopEigenvalueOptions {
  /** Largest residual that counts as converged, as a share of |λ|; 1e-3 by default. */
  readonly tolerance?: number;
  /** Most products with the operator, at least 1; 100 by default. */
  readonly mostIterations?: number;
  /**
   * Where to begin, e.g. the eigenvector found a few training steps ago; random by default. It saves products, but an
   * eigenvector that another one has overtaken since is found again: begin at random now and then.
   */
  readonly start?: Float64Array;
}

/** The largest eigenvalue as far as it was found, or why it was not. */
export type TopEigenvalue =
  | {
      readonly determined: true;
      /** λ, the Rayleigh quotient of the eigenvector: the most positive eigenvalue, negative only if all are. */
      readonly eigenvalue: number;
      /** v, of norm 1; its sign is arbitrary. */
      readonly eigenvector: Float64Array;
      /** Hv, as the operator gave it. */
      readonly product: Float64Array;
      /** Products with the operator. */
      readonly iterations: number;
      /**
       * ‖Hv − λv‖/|λ|. Some eigenvalue lies within this share of λ; where the next one is well apart, within about its
       * square. Says nothing where λ is zero beside the operator's other eigenvalues.
       */
      readonly residual: number;
      /** False where the iterations ran out: λ is then only a lower bound of the largest eigenvalue. */
      readonly converged: boolean;
    }
  | { readonly determined: false; readonly reason: string };

const TOLERANCE = 1e-3;
const MOST_ITERATIONS = 100;

/** Residuals below this share of the operator's size are rounding in the products; they need not go on falling. */
const ROUNDING = 1e-12;
/** A residual that is enough to see that a negative eigenvalue dominates; the shift needs no better estimate of it. */
const ENOUGH_TO_SHIFT = 0.1;
/** See `oscillates`: opposite eigenvalues within a tenth of each other. */
const OSCILLATION = 0.01;

/**
 * The largest (most positive) eigenvalue of a symmetric operator known only by its products with vectors: power
 * iteration, which finds the eigenvalue largest in size. Where that one is negative, or a positive and a negative one are
 * nearly equal in size, goes on with a multiple of the identity added, which leaves the most positive one largest.
 *
 * Converged means that the residual is within the tolerance and no longer growing: near another eigenvector it is small
 * at first and grows. (It may also be within rounding, 1e-12, of the operator's size.) Other eigenvectors fade by λ₂/λ₁
 * with every product; where the two are nearly equal, either is within the tolerance soon. The zero operator has
 * eigenvalue 0.
 *
 * Undetermined where a product is not finite.
 *
 * Source: power iteration as in Yao, Gholami, Keutzer & Mahoney 2020, *PyHessian*; the use in training: Cohen et al. 2021,
 * *Gradient descent on neural networks typically occurs at the edge of stability*.
 *
 * @param apply v ↦ Hv, vectors of `length` elements.
 * @param length number of rows of the operator, at least 1.
 * @param rng for the start, and for a new one after a shift.
 * @throws RangeError if an option or the length is out of range, or a product has another length.
 * @example
 * const diagonal = async (v: Float64Array) => v.map((value, i) => [1, 3, -5][i] * value);
 * const top = await topEigenvalue(diagonal, 3, createRandom(1));
 * if (top.determined) console.log(top.eigenvalue); // 3.000
 */
export async function topEigenvalue(
  apply: SymmetricOperator,
  length: number,
  rng: Random,
  options: TopEigenvalueOptions = {},
): Promise<TopEigenvalue> {
  const { tolerance, mostIterations } = checked(length, options);
  let v = options.start === undefined ? randomDirection(length, rng) : checkedStart(options.start, length);
  let warm = options.start !== undefined;
  let shift = 0;
  let previous: Step | null = null;

  for (let iterations = 1; ; iterations++) {
    const product = await apply(v);
    if (product.length !== length) {
      throw new RangeError(`a product has ${product.length} elements; allowed: ${length}`);
    }
    const eigenvalue = dot(v, product);
    const error = norm(plus(product, -eigenvalue, v));
    if (!Number.isFinite(error)) {
      return { determined: false, reason: `product ${iterations} with the operator is not finite` };
    }
    const size = Math.abs(eigenvalue);
    // Hv + shift·v, split into its part along v and the rest, which the shift leaves alone.
    const along = eigenvalue + shift;
    const step: Step = { along, norm: Math.hypot(along, error), error };

    const lost = error <= ROUNDING * Math.max(size, shift);
    const settled = lost || (error <= tolerance * size && previous !== null && error <= previous.error);
    const negative = along < 0 && error <= Math.max(tolerance, ENOUGH_TO_SHIFT) * size;
    const restart = negative || (warm && step.norm === 0);
    if ((settled && !restart) || iterations === mostIterations) {
      const residual = error === 0 ? 0 : error / size;
      return {
        determined: true,
        eigenvalue,
        eigenvector: v,
        product,
        iterations,
        residual,
        converged: settled && !restart,
      };
    }

    if (restart) {
      // An eigenvector of the wrong end, or a start that the operator maps to zero, holds nothing of the one sought.
      if (negative) shift += Math.abs(along) + error;
      v = randomDirection(length, rng);
      warm = false;
      previous = null;
      continue;
    }
    // Once the shift is as large as the operator, nothing negative is left to swing to.
    const swings: boolean =
      previous !== null && shift < Math.hypot(eigenvalue, error) && oscillates(previous, step);
    if (swings) shift += step.norm;
    v = direction(plus(product, shift, v));
    previous = swings ? null : step;
  }
}

/** One product of the shifted operator with a unit vector v: its part along v, its norm, the norm of the rest. */
interface Step {
  readonly along: number;
  readonly norm: number;
  readonly error: number;
}

/**
 * Whether the iteration swings between two directions: eigenvalues +λ and −λ of nearly equal size. Two steps then
 * return to the start, one does not. For a symmetric operator the cosine between vectors one step apart is along/norm,
 * two steps apart previous.norm/norm.
 */
function oscillates(previous: Step, step: Step): boolean {
  const oneStep = 1 - Math.abs(previous.along) / previous.norm;
  const twoSteps = 1 - previous.norm / step.norm;
  return twoSteps < OSCILLATION * oneStep;
}

function checked(
  length: number,
  { tolerance = TOLERANCE, mostIterations = MOST_ITERATIONS }: TopEigenvalueOptions,
): { tolerance: number; mostIterations: number } {
  if (!(Number.isInteger(length) && length >= 1)) {
    throw new RangeError(`length is ${length}; allowed: a positive integer`);
  }
  if (!(tolerance > 0 && tolerance < 1)) {
    throw new RangeError(`tolerance is ${tolerance}; allowed: strictly between 0 and 1`);
  }
  if (!(Number.isInteger(mostIterations) && mostIterations >= 1)) {
    throw new RangeError(`mostIterations is ${mostIterations}; allowed: a positive integer`);
  }
  return { tolerance, mostIterations };
}

function checkedStart(start: Float64Array, length: number): Float64Array {
  const size = norm(start);
  if (start.length !== length || !(size > 0 && size < Number.POSITIVE_INFINITY)) {
    const given = `start has ${start.length} elements and norm ${size}`;
    throw new RangeError(`${given}; allowed: ${length} elements, finite and not all zero`);
  }
  return direction(start);
}

/** Uniform on the unit sphere. */
function randomDirection(length: number, rng: Random): Float64Array {
  return direction(Float64Array.from({ length }, () => rng.normal()));
}

/** The vector scaled to norm 1. */
function direction(v: Float64Array): Float64Array {
  const size = norm(v);
  const scaled = new Float64Array(v.length);
  for (let i = 0; i < v.length; i++) scaled[i] = v[i] / size;
  return scaled;
}

/** a + factor·b. */
function plus(a: Float64Array, factor: number, b: Float64Array): Float64Array {
  // A loop: `map` calls a function per element, and networks have millions of them.
  const result = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) result[i] = a[i] + factor * b[i];
  return result;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Euclidean norm, also where squares leave the range of numbers; not finite if an element is not. */
function norm(v: Float64Array): number {
  let largest = 0;
  for (const value of v) largest = Math.max(largest, Math.abs(value));
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let sum = 0;
  for (const value of v) sum += (value / largest) ** 2;
  return largest * Math.sqrt(sum);
}
