import { InputError } from '../../errors/input-error.ts';
import type { VectorKernel } from './vector-kernel.ts';

/** Which optimizer, and how fast. Defaults are PyTorch's. */
export type OptimizerOptions = AdamOptions | SgdOptions;

interface CommonOptions {
  /** 1e-3 if absent. */
  readonly learningRate?: number;
  /** 0 if absent. An L2 penalty in `adam` and `sgd`, decoupled from the gradient in `adamw`. */
  readonly weightDecay?: number;
  /** Gradients longer than this are shortened to it; no clipping if absent. */
  readonly clipNorm?: number;
}

export interface AdamOptions extends CommonOptions {
  readonly kind: 'adam' | 'adamw';
  /** 0.9 if absent. */
  readonly beta1?: number;
  /** 0.999 if absent. */
  readonly beta2?: number;
  /** 1e-8 if absent. */
  readonly epsilon?: number;
}

export interface SgdOptions extends CommonOptions {
  readonly kind: 'sgd';
  /** 0 if absent. */
  readonly momentum?: number;
}

/** An optimizer bound to its vectors. */
export interface Optimizer {
  /** What it remembers between steps, by name; each vector as long as the parameters. */
  readonly state: ReadonlyMap<string, Float32Array>;
  /**
   * Updates the parameters from the gradients, in place.
   * @param t number of this update, from 1.
   * @param gradientNorm of the gradients as they are.
   * @param rateFactor the schedule's factor on the learning rate at this step.
   */
  update(t: number, gradientNorm: number, rateFactor: number): void;
}

/**
 * An optimizer of `parameters` by `gradients`, both allocated by `kernel`.
 * @throws InputError for an option out of range.
 */
export function createOptimizer(
  options: OptimizerOptions,
  kernel: VectorKernel,
  parameters: Float32Array,
  gradients: Float32Array,
): Optimizer {
  const { learningRate = 1e-3, weightDecay = 0, clipNorm = Number.POSITIVE_INFINITY } = options;
  assertRange(
    'learningRate',
    learningRate,
    learningRate > 0 && learningRate < Number.POSITIVE_INFINITY,
    'a positive number',
  );
  assertRange(
    'weightDecay',
    weightDecay,
    weightDecay >= 0 && weightDecay * learningRate < 1,
    'at least 0, below 1 / learningRate',
  );
  assertRange('clipNorm', clipNorm, clipNorm > 0, 'a positive number');
  const common = (gradientNorm: number, rateFactor: number) => {
    const rate = learningRate * rateFactor;
    const decoupled = options.kind === 'adamw';
    return {
      rate,
      gradientScale: gradientNorm > clipNorm ? clipNorm / gradientNorm : 1,
      l2Penalty: decoupled ? 0 : weightDecay,
      shrinkage: decoupled ? 1 - rate * weightDecay : 1,
    };
  };

  if (options.kind === 'sgd') {
    const { momentum = 0 } = options;
    assertRange('momentum', momentum, momentum >= 0 && momentum < 1, 'at least 0, below 1');
    const velocity = kernel.allocate(parameters.length);
    return {
      state: new Map([['velocity', velocity]]),
      update: (_, gradientNorm, rateFactor) =>
        kernel.momentum(
          { parameters, gradients, velocity },
          { ...common(gradientNorm, rateFactor), momentum },
        ),
    };
  }
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  assertRange('beta1', beta1, beta1 >= 0 && beta1 < 1, 'at least 0, below 1');
  assertRange('beta2', beta2, beta2 >= 0 && beta2 < 1, 'at least 0, below 1');
  assertRange('epsilon', epsilon, epsilon > 0, 'a positive number');
  const firstMoment = kernel.allocate(parameters.length);
  const secondMoment = kernel.allocate(parameters.length);
  return {
    state: new Map([
      ['first_moment', firstMoment],
      ['second_moment', secondMoment],
    ]),
    update: (t, gradientNorm, rateFactor) => {
      const shared = common(gradientNorm, rateFactor);
      kernel.adam(
        { parameters, gradients, firstMoment, secondMoment },
        {
          ...shared,
          rate: shared.rate / (1 - beta1 ** t),
          beta1,
          beta2,
          epsilon,
          rootCorrection: 1 / Math.sqrt(1 - beta2 ** t),
        },
      );
    },
  };
}

function assertRange(field: string, value: number, allowed: boolean, words: string): void {
  if (!allowed) throw new InputError({ field, value, allowed: words });
}
