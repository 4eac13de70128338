import { describe, expect, it } from 'vitest';
import { encodeOnnx, type Precision } from '../../src/autodiff/encode-onnx.ts';
import { gradients } from '../../src/autodiff/gradients.ts';
import { sum } from '../../src/autodiff/operators/broadcasting.ts';
import { isPositive, relu } from '../../src/autodiff/operators/elementwise.ts';
import { batchedProduct, transposeLast } from '../../src/autodiff/operators/matrix-product.ts';
import { constant, input, sizeOf, type Tensor } from '../../src/autodiff/tensor.ts';
import { openSession } from '../../src/training/session.ts';
import { randomValues, relativeError } from './gradient-check.ts';

/** The operators that float64 computes in another way than float32: both ways must mean the same. */
describe('float32 and float64 agree', () => {
  const flags = [false, true];
  const transposes = flags.flatMap((a) => flags.map((b) => [a, b] as const));

  it.each(transposes)('on a batched product, transposed %s and %s', async (transposeA, transposeB) => {
    const [a, b] = [input('a', [2, 3, 4, 5]), input('b', [2, 3, 5, 6])];
    const y = batchedProduct(transposeA ? transposeLast(a) : a, transposeB ? transposeLast(b) : b, {
      transposeA,
      transposeB,
      factor: 0.3,
    });
    const [da, db] = gradients(sum(batchedProduct(y, transposeLast(y))), [a, b]);
    await expectAgreement([a, b], { y, da, db });
  });

  it('on the gradient of a ReLU', async () => {
    const x = input('x', [7, 9]);
    const [dx] = gradients(sum(relu(x)), [x]);
    await expectAgreement([x], { dx });
  });

  it('on what is positive, to the smallest normal number and infinity', async () => {
    const x = constant(Float64Array.of(2 ** -126, -(2 ** -126), 0, -0, Infinity, -Infinity), [6]);
    const { y } = await compute([], [], { y: isPositive(x) }, 'float32');
    expect([...y]).toEqual([1, 0, 0, 0, 1, 0]);
  });
});

async function expectAgreement(inputs: readonly Tensor[], outputs: Readonly<Record<string, Tensor>>) {
  const values = randomValues(inputs.map(({ shape }) => shape));
  const narrow = await compute(inputs, values, outputs, 'float32');
  const wide = await compute(inputs, values, outputs, 'float64');
  for (const name of Object.keys(outputs)) {
    expect(relativeError(narrow[name], wide[name]), name).toBeLessThan(1e-6);
  }
}

async function compute(
  inputs: readonly Tensor[],
  values: readonly Float64Array[],
  outputs: Readonly<Record<string, Tensor>>,
  precision: Precision,
): Promise<Record<string, Float32Array | Float64Array>> {
  const array = precision === 'float32' ? Float32Array : Float64Array;
  const session = await openSession(encodeOnnx(inputs, new Map(Object.entries(outputs)), precision));
  const feeds = inputs.map(({ source, shape }, i) => {
    const name = source.kind === 'input' ? source.name : '';
    return [name, { data: array.from(values[i]), shape }] as const;
  });
  const results = Object.entries(outputs).map(([name, { shape }]) => {
    return [name, { data: new array(sizeOf(shape)), shape }] as const;
  });
  await session.run(new Map(feeds), new Map(results));
  await session.close();
  return Object.fromEntries(results.map(([name, { data }]) => [name, data]));
}
