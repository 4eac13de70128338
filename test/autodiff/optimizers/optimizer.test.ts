import { describe, expect, it } from 'vitest';
import { javascriptKernel } from '../../../src/autodiff/optimizers/javascript-kernel.ts';
import { createOptimizer, type OptimizerOptions } from '../../../src/autodiff/optimizers/optimizer.ts';
import { InputError } from '../../../src/errors/input-error.ts';

/** Four steps on fixed gradients that grow and change sign. */
function fourSteps(options: OptimizerOptions): number[] {
  const kernel = javascriptKernel();
  const parameters = kernel.allocate(4);
  const gradients = kernel.allocate(4);
  parameters.set([0.5, -1.25, 2, 0]);
  const optimizer = createOptimizer(options, kernel, parameters, gradients);
  for (let t = 1; t <= 4; t++) {
    gradients.set([0.1, -0.2, t % 2 === 0 ? -0.3 : 0.3, -0.4].map((g) => g * t));
    optimizer.update(t, Math.sqrt(kernel.squaredNorm(gradients)), 1);
  }
  return [...parameters.subarray(0, 4)];
}

describe('optimizers agree with PyTorch 1.13 in float64', () => {
  it.each<[string, OptimizerOptions, number[]]>([
    [
      'Adam',
      { kind: 'adam', learningRate: 0.01 },
      [0.46116406721264175, -1.2111640660105263, 1.9925540296547708, 0.03883593459053127],
    ],
    [
      'Adam with an L2 penalty',
      { kind: 'adam', learningRate: 0.01, beta1: 0.8, beta2: 0.99, epsilon: 1e-3, weightDecay: 0.1 },
      [0.45998342857303015, -1.2098364430736455, 1.984443711621444, 0.03976869857738767],
    ],
    [
      'AdamW',
      { kind: 'adamw', learningRate: 0.01, weightDecay: 0.1 },
      [0.45922590921941847, -1.2062304050203834, 1.9845921056671705, 0.03877709058075922],
    ],
    ['gradient descent', { kind: 'sgd', learningRate: 0.01 }, [0.49, -1.23, 2.006, 0.04]],
    [
      'momentum with an L2 penalty',
      { kind: 'sgd', learningRate: 0.01, momentum: 0.9, weightDecay: 0.1 },
      [0.47694303395150006, -1.2016272737282498, 1.9827859255050002, 0.07415751079600001],
    ],
    [
      'momentum with clipped gradients',
      { kind: 'sgd', learningRate: 0.01, momentum: 0.9, clipNorm: 0.5 },
      [0.4917394404241018, -1.2334788808482033, 1.9955388121057607, 0.03304223830359287],
    ],
  ])('%s', (_, options, expected) => {
    for (const [i, value] of fourSteps(options).entries())
      expect(Math.abs(value - expected[i])).toBeLessThan(1e-6);
  });

  it('takes PyTorch’s defaults', () => {
    expect(fourSteps({ kind: 'adam' })).toEqual(
      fourSteps({
        kind: 'adam',
        learningRate: 1e-3,
        beta1: 0.9,
        beta2: 0.999,
        epsilon: 1e-8,
        weightDecay: 0,
      }),
    );
  });
});

describe('an optimizer', () => {
  it.each<[string, OptimizerOptions]>([
    ['learningRate', { kind: 'adam', learningRate: Number.NaN }],
    ['weightDecay', { kind: 'adamw', weightDecay: -1 }],
    ['clipNorm', { kind: 'sgd', clipNorm: 0 }],
    ['momentum', { kind: 'sgd', momentum: 1 }],
    ['beta1', { kind: 'adam', beta1: 1 }],
    ['beta2', { kind: 'adam', beta2: -0.1 }],
    ['epsilon', { kind: 'adam', epsilon: 0 }],
  ])('refuses %s out of range', (field, options) => {
    expect(() => fourSteps(options)).toThrow(InputError);
    expect(() => fourSteps(options)).toThrow(field);
  });
});
