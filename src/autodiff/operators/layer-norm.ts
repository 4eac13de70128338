import { constant, noGradient, operation, operations, type Tensor } from '../tensor.ts';
import { reshape, sumTo } from './broadcasting.ts';
import { add, multiply, scale, subtract } from './elementwise.ts';
import { gemm } from './matrix-product.ts';
import { meanOver } from './mean.ts';

/**
 * Layer normalization over the last axis (Ba, Kiros & Hinton 2016): (x − mean) / √(variance + ε) · weight + bias.
 *
 * @param weight `[features]`.
 * @param bias `[features]`.
 * @param epsilon PyTorch's default if absent.
 */
export function layerNorm(x: Tensor, weight: Tensor, bias: Tensor, epsilon = 1e-5): Tensor {
  const features = x.shape[x.shape.length - 1];
  const perRow = [...x.shape.slice(0, -1), 1];
  const [y, mean, inverseDeviation] = operations(
    'LayerNormalization',
    [x, weight, bias],
    [x.shape, perRow, perRow],
    ([dY]) => {
      const rows = (tensor: Tensor): Tensor => reshape(tensor, [count, features]);
      const count = perRow.reduce((product, extent) => product * extent, 1);
      const gradient = rows(dY as Tensor);
      const normalized = shiftAndScaleRows(rows(x), mean, inverseDeviation);
      const byWeight = multiply(gradient, normalized);
      const scaled = multiply(gradient, weight);
      // The mean of scaled · normalized over a row, from the product that the weight's gradient needs anyway.
      // (A product's own factor would keep ONNX Runtime from its kernel for vectors.)
      const slope = gemm(byWeight, reshape(scale(weight, 1 / features), [features, 1]));
      const tangent = subtract(scaled, multiply(normalized, slope));
      return [
        reshape(shiftAndScaleRows(tangent, meanOver(scaled, [1]), inverseDeviation), x.shape),
        sumTo(byWeight, weight.shape),
        sumTo(gradient, bias.shape),
      ];
    },
    { axis: { int: -1 }, epsilon: { float: epsilon } },
    'real',
    ([x, weight, bias]) => inSteps(x, weight, bias, epsilon),
  );
  return y;
}

/** Output, mean and 1 / deviation from simple operators: ONNX Runtime's own has the two statistics in float32 only. */
function inSteps(x: Tensor, weight: Tensor, bias: Tensor, epsilon: number): readonly Tensor[] {
  const last = x.shape.length - 1;
  const mean = meanOver(x, [last]);
  const centered = subtract(x, mean);
  const variance = add(meanOver(multiply(centered, centered), [last]), constant(epsilon));
  const deviation = operation('Sqrt', [variance], variance.shape, noGradient);
  const inverseDeviation = operation('Reciprocal', [deviation], deviation.shape, noGradient);
  const normalized = multiply(centered, inverseDeviation);
  return [add(multiply(normalized, weight), bias), mean, inverseDeviation];
}

/**
 * (x − shift) · factor for x `[rows, features]` and a shift and a factor per row, in one pass: as a batch normalization of
 * one example with a channel per row. Without a gradient of its own.
 */
function shiftAndScaleRows(x: Tensor, shift: Tensor, factor: Tensor): Tensor {
  const [rows, features] = x.shape;
  const vector = (tensor: Tensor): Tensor => reshape(tensor, [rows]);
  const [zeros, ones] = [0, 1].map((value) => constant(new Float64Array(rows).fill(value), [rows]));
  const shape = [1, rows, features];
  const inputs = [reshape(x, shape), vector(factor), zeros, vector(shift), ones];
  return reshape(
    operation('BatchNormalization', inputs, shape, noGradient, { epsilon: { float: 0 } }),
    x.shape,
  );
}
