import type { Random } from '../numerics/random.ts';
import { type TopEigenvalueOptions, topEigenvalue } from './top-eigenvalue.ts';

/**
 * Length of a difference step per unit of 1 + ‖θ‖. Curvature that changes over distances of that order costs a central
 * difference a share of about step², the gradient's rounding a share of about 2^-53/step: together least at the cube
 * root of the rounding.
 */
const RELATIVE_STEP = Math.cbrt(2 ** -53);

/** The second difference step, as a share of the first. A jump that lies within the first counts four times or not at all. */
const SECOND_STEP = 1 / 4;
/**
 * Largest difference between the products of the eigenvector at both steps, as a share of |λ|. Rounding leaves 3e-6 of it in
 * networks of ReLUs at a step of 1e-9 (MLPs, CNNs and transformers from their first step to a loss of 3e-4), a gradient
 * in float32 about 1e-4; a unit that switches adds from some per cent to thousands of times the curvature. What is below
 * is less than the iteration leaves uncertain.
 */
const AGREEMENT = 1e-3;

export interface SharpnessOptions extends TopEigenvalueOptions {
  /**
   * Difference step per unit of 1 + ‖θ‖; 4.8e-6 by default, the cube root of float64 rounding. For gradients computed in
   * float32 take about 4e-3, the cube root of theirs.
   */
  readonly relativeStep?: number;
}

/** The sharpness as far as it was found, or why it was not. */
export type Sharpness =
  | {
      readonly determined: true;
      /** The most positive Hessian eigenvalue, in units of loss per squared parameter; negative at a strict maximum. */
      readonly sharpness: number;
      /** Its direction, of norm 1: the `start` of the next measurement. */
      readonly eigenvector: Float64Array;
      /** Hessian-vector products; each took two gradients, and so did the check of the last one. */
      readonly iterations: number;
      /** ‖Hv − λv‖/|λ|, see `TopEigenvalue`. */
      readonly residual: number;
      /** False where the iterations ran out: the sharpness is then only a lower bound. */
      readonly converged: boolean;
    }
  | { readonly determined: false; readonly reason: string };

/**
 * Sharpness: the largest eigenvalue of the loss's Hessian at θ, from gradients alone. Products with the Hessian are
 * central differences, Hv ≈ (g(θ + εv) − g(θ − εv)) / 2ε with ‖v‖ = 1, the eigenvalue comes from `topEigenvalue`.
 * Gradient descent with learning rate η is unstable where the sharpness exceeds 2/η.
 *
 * ε = 4.8e-6·(1 + ‖θ‖) by default. With gradients in float64, products carry about nine digits where the loss is smooth.
 * A ReLU network's gradient jumps where a unit switches between θ − εv and θ + εv, and the jump counts divided by ε: of
 * thousands of units some always switch within the default step, and one alone may outweigh all of the curvature. Take
 * a `relativeStep` of 1e-9 there. The result is then the Hessian between the kinks, as automatic differentiation has it.
 *
 * Even then a unit may switch within the step, once in some hundred measurements where many hover around zero. Its jump
 * drowns the curvature, and the iteration converges to it. The product of the eigenvector is therefore taken
 * again with a quarter of the step: the result is undetermined unless both agree within 1e-3·|λ|.
 *
 * Undetermined, too, where the parameters or a gradient are not finite.
 *
 * Source: Cohen et al. 2021, *Gradient descent on neural networks typically occurs at the edge of stability*; the step:
 * Nocedal & Wright 2006, *Numerical optimization*, §8.1.
 *
 * @param gradientAt θ ↦ ∇loss(θ), always over the same examples, without dropout: one fixed function. Must not keep or
 *   change its argument; may reuse its result's memory.
 * @param parameters θ, not changed.
 * @param rng for the start of the iteration.
 * @throws RangeError if an option is out of range, there are no parameters, or a gradient has another length than θ.
 * @example
 * // loss = (x² + 4y²)/2
 * const bowl = async (at: Float64Array) => Float64Array.of(at[0], 4 * at[1]);
 * const result = await sharpness(bowl, Float64Array.of(1, 1), createRandom(1));
 * if (result.determined) console.log(result.sharpness); // 4.000
 */
export async function sharpness(
  gradientAt: (parameters: Float64Array) => Promise<Float64Array>,
  parameters: Float64Array,
  rng: Random,
  options: SharpnessOptions = {},
): Promise<Sharpness> {
  const { relativeStep = RELATIVE_STEP } = options;
  if (!(relativeStep > 0 && relativeStep < 1)) {
    throw new RangeError(`relativeStep is ${relativeStep}; allowed: strictly between 0 and 1`);
  }
  const notFinite = parameters.findIndex((value) => !Number.isFinite(value));
  if (notFinite >= 0) {
    return { determined: false, reason: `parameter ${notFinite} is ${parameters[notFinite]}` };
  }
  const step = relativeStep * (1 + norm(parameters));
  const moved = new Float64Array(parameters.length);

  const gradientBeside = async (v: Float64Array, distance: number): Promise<Float64Array> => {
    for (let i = 0; i < moved.length; i++) moved[i] = parameters[i] + distance * v[i];
    const gradient = await gradientAt(moved);
    if (gradient.length !== parameters.length) {
      throw new RangeError(`a gradient has ${gradient.length} elements; allowed: ${parameters.length}`);
    }
    return gradient;
  };
  const hessianProduct = async (v: Float64Array, step: number): Promise<Float64Array> => {
    const product = (await gradientBeside(v, step)).slice();
    const behind = await gradientBeside(v, -step);
    for (let i = 0; i < product.length; i++) product[i] = (product[i] - behind[i]) / (2 * step);
    return product;
  };
  const top = await topEigenvalue((v) => hessianProduct(v, step), parameters.length, rng, options);
  if (!top.determined) return top;
  const { eigenvalue, product, ...rest } = top;
  const again = await hessianProduct(top.eigenvector, step * SECOND_STEP);
  const difference = distance(again, product);
  // Written so that a difference that is no number is none that agrees.
  if (!(difference <= AGREEMENT * Math.abs(eigenvalue))) {
    const curvature = dot(top.eigenvector, again);
    return { determined: false, reason: disagreement(step, eigenvalue, curvature) };
  }
  return { ...rest, sharpness: eigenvalue };
}

function disagreement(step: number, first: number, second: number): string {
  const [by, found, foundAgain] = [step, first, second].map((value) => `${Number(value.toPrecision(3))}`);
  return (
    `two difference steps disagree: curvature ${found} with a step of ${by}, ${foundAgain} with a quarter of it; ` +
    'the gradient jumps within the step, as where a ReLU switches, or has too few digits'
  );
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function distance(a: Float64Array, b: Float64Array): number {
  let square = 0;
  for (let i = 0; i < a.length; i++) square += (a[i] - b[i]) ** 2;
  return Math.sqrt(square);
}

function norm(v: Float64Array): number {
  let square = 0;
  for (const value of v) square += value * value;
  return Math.sqrt(square);
}
