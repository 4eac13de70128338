import { describe, expect, it } from 'vitest';
import { gradients, hessianProducts } from '../../src/autodiff/gradients.ts';
import { reshape, sum } from '../../src/autodiff/operators/broadcasting.ts';
import { add, asReal, equal, multiply, relu } from '../../src/autodiff/operators/elementwise.ts';
import { gemm } from '../../src/autodiff/operators/matrix-product.ts';
import { maximum } from '../../src/autodiff/operators/max-pooling.ts';
import { concatenate } from '../../src/autodiff/operators/rearrangement.ts';
import { constant, input, withGradientBy, withoutGradientBy } from '../../src/autodiff/tensor.ts';
import { evaluate } from './gradient-check.ts';

const x = input('x0', [3]);
const y = input('x1', [3]);
const values = [Float64Array.of(1, 2, 3), Float64Array.of(1, 0, 5)];

describe('gradients', () => {
  it('of Σ x³ + x·y, in closed form', async () => {
    const loss = sum(add(multiply(x, multiply(x, x)), multiply(x, y)));
    const [dx, dy] = gradients(loss, [x, y]);
    expect(await evaluate([x, y], values, { dx, dy })).toEqual({
      dx: Float64Array.of(4, 12, 32),
      dy: Float64Array.of(1, 2, 3),
    });
  });

  it('may be given by a rule of their own, in place of the way that was gone', async () => {
    const inner = multiply(x, y);
    const cube = multiply(x, withoutGradientBy(multiply(x, inner), inner));
    const [own] = withGradientBy([cube], [x, y], ([received]) => [multiply(received!, y), null]);
    const [dx] = gradients(sum(own), [x]);
    // 2·x·(x·y), followed, with the closed way left out, and the rule's y.
    expect((await evaluate([x, y], values, { dx })).dx).toEqual(
      Float64Array.of(2 * 1 * 1 + 1, 0, 2 * 3 * 15 + 5),
    );
    const { result } = await evaluate([x, y], values, { result: own });
    expect(result).toEqual(Float64Array.of(1, 0, 135));
  });

  it('of ReLU at 0 are 0, as in PyTorch', async () => {
    const zero = [Float64Array.of(0, -0, 1), values[1]];
    const [dx] = gradients(sum(relu(x)), [x]);
    expect((await evaluate([x, y], zero, { dx })).dx).toEqual(Float64Array.of(0, 0, 1));
  });

  it('of a maximum go to the first of equal elements, as in PyTorch', async () => {
    const [dx, dy] = gradients(sum(maximum([x, y])), [x, y]);
    expect(await evaluate([x, y], values, { dx, dy })).toEqual({
      dx: Float64Array.of(1, 1, 0),
      dy: Float64Array.of(0, 0, 1),
    });
  });

  it('do not flow through a comparison', async () => {
    const [dx] = gradients(sum(multiply(x, asReal(equal(x, y)))), [x]);
    expect((await evaluate([x, y], values, { dx })).dx).toEqual(Float64Array.of(1, 0, 0));
  });

  it('of a product that two inputs share are counted for each, though products take sums along', async () => {
    const [a, b, c] = [input('x0', [1, 1]), input('x1', [1, 1]), input('x2', [1, 1])];
    // Both inputs of the addition receive one and the same product, and each has another gradient besides.
    const loss = sum(gemm(add(a, multiply(b, b)), gemm(c, c)));
    const [da, db, dc] = gradients(add(loss, sum(multiply(a, b))), [a, b, c]);
    const result = await evaluate(
      [a, b, c],
      [2, 3, 5].map((value) => Float64Array.of(value)),
      { da, db, dc },
    );
    expect(result).toEqual({
      da: Float64Array.of(25 + 3),
      db: Float64Array.of(2 * 3 * 25 + 2),
      dc: Float64Array.of(2 * 5 * (2 + 9)),
    });
  });

  it('need a scalar loss that depends on every target', () => {
    expect(() => gradients(x, [x])).toThrow('the loss has shape [3]; allowed: a scalar');
    expect(() => gradients(sum(x), [x, y])).toThrow('target 1 has no influence on the loss');
  });
});

describe('products with the Hessian', () => {
  const v = input('x2', [3]);
  const given = [...values, Float64Array.of(1, -1, 2)];

  it('of Σ x³ + x·y, in closed form', async () => {
    const loss = sum(add(multiply(x, multiply(x, x)), multiply(x, y)));
    const [hx, hy] = hessianProducts(gradients(loss, [x, y]), [x, y], [v, v]);
    // [6x, 1; 1, 0] · (v, v)
    expect(await evaluate([x, y, v], given, { hx: hx!, hy: hy! })).toEqual({
      hx: Float64Array.of(6 + 1, -12 - 1, 36 + 2),
      hy: Float64Array.of(1, -1, 2),
    });
  });

  it('of a part in which the loss is linear, and no other part bends it, are absent', () => {
    const loss = sum(add(multiply(x, x), y));
    expect(hessianProducts(gradients(loss, [x, y]), [x, y], [v, v])[1]).toBeNull();
  });

  it('follow the way that a rule of its own closed to gradients, where the gradient itself goes it', async () => {
    // x·(x·y): by x followed, by y through a rule of its own, as a convolution by tiles has it.
    const inner = multiply(x, y);
    const [own] = withGradientBy([withoutGradientBy(multiply(x, inner), inner)], [x, y], ([received]) => [
      multiply(received!, inner),
      multiply(received!, multiply(x, x)),
    ]);
    const [hx, hy] = hessianProducts(gradients(sum(own), [x, y]), [x, y], [v, v]);
    // The Hessian of x²y: [2y, 2x; 2x, 0].
    expect(await evaluate([x, y, v], given, { hx: hx!, hy: hy! })).toEqual({
      hx: Float64Array.of(2 + 2, -4, 20 + 12),
      hy: Float64Array.of(2, -4, 12),
    });
  });
});

describe('shapes that do not fit are refused when the graph is built', () => {
  it.each<[string, () => unknown]>([
    ['do not broadcast', () => add(x, input('z', [2]))],
    ['cannot be reshaped', () => reshape(x, [2])],
    ['no product', () => gemm(input('a', [2, 3]), input('b', [2, 3]))],
    ['do not fill', () => constant(Float64Array.of(1, 2), [3])],
    ['no parts', () => concatenate([], 0)],
  ])('%s', (message, build) => {
    expect(build).toThrow(message);
  });
});
