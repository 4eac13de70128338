import { expect } from 'vitest';
import { encodeOnnx } from '../../src/autodiff/encode-onnx.ts';
import { gradients } from '../../src/autodiff/gradients.ts';
import { sum } from '../../src/autodiff/operators/broadcasting.ts';
import { multiply } from '../../src/autodiff/operators/elementwise.ts';
import { constant, input, sizeOf, type Tensor } from '../../src/autodiff/tensor.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { openSession } from '../../src/training/session.ts';

type Values = Float64Array;

/** Runs a graph in float64 and returns its outputs by name. */
export async function evaluate(
  inputs: readonly Tensor[],
  values: readonly Values[],
  outputs: Readonly<Record<string, Tensor>>,
): Promise<Record<string, Values>> {
  const session = await openSession(encodeOnnx(inputs, new Map(Object.entries(outputs)), 'float64'));
  const result = buffersOf(outputs);
  await session.run(feeds(inputs, values), result);
  await session.close();
  return Object.fromEntries([...result].map(([name, { data }]) => [name, data]));
}

/**
 * Holds the gradient rules of a function against central differences of the function itself, in float64:
 * every input element is moved by ±h, and the change of a random weighting of the outputs is compared.
 * @param tolerance relative error in norm, per input.
 */
export async function expectGradientsToMatchDifferences(
  shapes: readonly (readonly number[])[],
  build: (...tensors: Tensor[]) => Tensor,
  tolerance = 1e-8,
): Promise<void> {
  const values = randomValues(shapes);
  const inputs = shapes.map((shape, i) => input(`x${i}`, shape));
  const y = build(...inputs);
  const [weights] = randomValues([y.shape], 'weights');
  const loss = sum(multiply(y, constant(weights, y.shape)));
  const outputs = { loss, ...Object.fromEntries(gradients(loss, inputs).map((dx, i) => [`dx${i}`, dx])) };
  const analytic = await evaluate(inputs, values, outputs);

  const session = await openSession(encodeOnnx(inputs, new Map([['loss', loss]]), 'float64'));
  const lossBuffer = buffersOf({ loss });
  const moved = values.map((data) => Float64Array.from(data));
  const fed = feeds(inputs, moved);
  const lossAt = async (data: Values, k: number, value: number): Promise<number> => {
    const held = data[k];
    data[k] = value;
    await session.run(fed, lossBuffer);
    data[k] = held;
    return lossBuffer.get('loss')!.data[0];
  };
  const h = 1e-5;
  for (const [i, data] of moved.entries()) {
    const numeric = new Float64Array(data.length);
    for (let k = 0; k < data.length; k++) {
      numeric[k] = ((await lossAt(data, k, data[k] + h)) - (await lossAt(data, k, data[k] - h))) / (2 * h);
    }
    expect(relativeError(analytic[`dx${i}`], numeric), `gradient by input ${i}`).toBeLessThan(tolerance);
    expect(norm(numeric), `input ${i} matters`).toBeGreaterThan(1e-3);
  }
  await session.close();
}

export function randomValues(shapes: readonly (readonly number[])[], label = 'values'): Values[] {
  const rng = createRandom(label);
  return shapes.map((shape) => Float64Array.from({ length: sizeOf(shape) }, () => rng.normal()));
}

/** ‖a − b‖ / ‖b‖. */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return norm(Array.from(a, (value, i) => value - b[i])) / norm(b);
}

function norm(a: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < a.length; i++) squares += a[i] * a[i];
  return Math.sqrt(squares);
}

function feeds(inputs: readonly Tensor[], values: readonly Values[]) {
  return new Map(inputs.map((tensor, i) => [`x${i}`, { data: values[i], shape: tensor.shape }]));
}

function buffersOf(outputs: Readonly<Record<string, Tensor>>) {
  return new Map(
    Object.entries(outputs).map(([name, { shape }]) => [
      name,
      { data: new Float64Array(sizeOf(shape)), shape },
    ]),
  );
}
