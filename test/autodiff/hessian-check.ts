import { expect } from 'vitest';
import { gradients, hessianProducts } from '../../src/autodiff/gradients.ts';
import { expand, sum } from '../../src/autodiff/operators/broadcasting.ts';
import { exp, multiply, scale } from '../../src/autodiff/operators/elementwise.ts';
import { constant, input, type Tensor } from '../../src/autodiff/tensor.ts';
import { evaluate, randomValues, relativeError } from './gradient-check.ts';

type Parts = readonly Float64Array[];

/**
 * Holds products with the Hessian of a loss behind a function against central differences of its gradients, in float64, and
 * against what every Hessian is: symmetric and linear. The loss bends, so that also linear operators have one.
 */
export async function expectHessianProductsToMatchDifferences(
  shapes: readonly (readonly number[])[],
  build: (...tensors: Tensor[]) => Tensor,
  tolerance = 1e-7,
): Promise<void> {
  const values = randomValues(shapes);
  const targets = shapes.map((shape, i) => input(`x${i}`, shape));
  const vectors = shapes.map((shape, i) => input(`x${shapes.length + i}`, shape));
  const y = build(...targets);
  const [weights] = randomValues([y.shape], 'weights');
  const loss = sum(multiply(exp(scale(y, 0.3)), constant(weights, y.shape)));
  const gradient = gradients(loss, targets);
  const products = hessianProducts(gradient, targets, vectors).map(
    (product, i) => product ?? expand(constant(0), shapes[i]),
  );
  const named = (tensors: readonly Tensor[]) => Object.fromEntries(tensors.map((tensor, i) => [i, tensor]));
  const gradientAt = async (at: Parts): Promise<Float64Array> =>
    inOne(Object.values(await evaluate(targets, at, named(gradient))));
  const times = async (v: Parts): Promise<Float64Array> =>
    inOne(Object.values(await evaluate([...targets, ...vectors], [...values, ...v], named(products))));

  const [u, v] = ['u', 'v'].map((label) => randomValues(shapes, label));
  const [hu, hv] = [await times(u), await times(v)];
  const h = 1e-6;
  const ahead = await gradientAt(combined(1, values, h, v));
  const behind = await gradientAt(combined(1, values, -h, v));
  const differences = ahead.map((value, i) => (value - behind[i]) / (2 * h));
  expect(Math.hypot(...differences), 'the loss bends').toBeGreaterThan(1e-3);
  expect(relativeError(hv, differences), 'differences of gradients').toBeLessThan(tolerance);
  const size = Math.hypot(...inOne(u)) * Math.hypot(...hv);
  expect(Math.abs(dot(inOne(u), hv) - dot(inOne(v), hu)) / size, 'symmetry').toBeLessThan(1e-12);
  const expected = hu.map((value, i) => 2 * value - 3 * hv[i]);
  expect(relativeError(await times(combined(2, u, -3, v)), expected), 'linearity').toBeLessThan(1e-12);
}

function combined(a: number, x: Parts, b: number, y: Parts): Parts {
  return x.map((part, i) => part.map((value, k) => a * value + b * y[i][k]));
}

function inOne(parts: Parts): Float64Array {
  return Float64Array.from(parts.flatMap((part) => [...part]));
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
