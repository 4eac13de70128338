import { constant, neverDifferentiated, operation, operations, sizeOf, type Tensor } from '../tensor.ts';
import { expand, reshape, sumOver, sumTo } from './broadcasting.ts';
import { add, multiply, negate, scale, subtract } from './elementwise.ts';
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
  const count = sizeOf(perRow);
  const rows = (tensor: Tensor): Tensor => reshape(tensor, [count, features]);
  const [y, mean, inverseDeviation] = operations(
    'LayerNormalization',
    [x, weight, bias],
    [x.shape, perRow, perRow],
    ([dY, dMean, dInverse]) => {
      const normalized = shiftAndScaleRows(rows(x), mean, inverseDeviation);
      const byOutput = dY === null ? null : gradientByOutput(rows(dY), normalized);
      // Gradients read the two statistics: a second derivative comes back through them.
      const byStatistics = gradientByStatistics(normalized, dMean, dInverse);
      const dX = addedUp([byOutput?.dX ?? null, byStatistics]);
      return [dX && reshape(dX, x.shape), byOutput?.dWeight ?? null, byOutput?.dBias ?? null];
    },
    { axis: { int: -1 }, epsilon: { float: epsilon } },
    'real',
    ([x, weight, bias]) => inSteps(x, weight, bias, epsilon),
  );

  function gradientByOutput(gradient: Tensor, normalized: Tensor) {
    const byWeight = multiply(gradient, normalized);
    const scaled = multiply(gradient, weight);
    // The mean of scaled · normalized over a row, from the product that the weight's gradient needs anyway.
    // (A product's own factor would keep ONNX Runtime from its kernel for vectors.)
    const slope = gemm(byWeight, reshape(scale(weight, 1 / features), [features, 1]));
    const tangent = subtract(scaled, multiply(normalized, slope));
    return {
      dX: shiftAndScaleRows(tangent, meanOver(scaled, [1]), inverseDeviation),
      dWeight: sumTo(byWeight, weight.shape),
      dBias: sumTo(gradient, bias.shape),
    };
  }

  /** ∂mean/∂x is 1/features, and ∂(1/deviation)/∂x is −normalized / (features · deviation²). */
  function gradientByStatistics(
    normalized: Tensor,
    dMean: Tensor | null,
    dInverse: Tensor | null,
  ): Tensor | null {
    const column = (tensor: Tensor): Tensor => reshape(tensor, [count, 1]);
    const byMean = dMean && expand(scale(column(dMean), 1 / features), [count, features]);
    const inverse = column(inverseDeviation);
    const byInverse =
      dInverse &&
      multiply(normalized, scale(multiply(column(dInverse), multiply(inverse, inverse)), -1 / features));
    return addedUp([byMean, byInverse]);
  }
  return y;
}

function addedUp(parts: readonly (Tensor | null)[]): Tensor | null {
  return parts.reduce((sum, part) => (sum === null || part === null ? (sum ?? part) : add(sum, part)), null);
}

/** Output, mean and 1 / deviation from simple operators: ONNX Runtime's own has the two statistics in float32 only. */
function inSteps(x: Tensor, weight: Tensor, bias: Tensor, epsilon: number): readonly Tensor[] {
  const last = x.shape.length - 1;
  const mean = meanOver(x, [last]);
  const centered = subtract(x, mean);
  const variance = add(meanOver(multiply(centered, centered), [last]), constant(epsilon));
  const deviation = operation('Sqrt', [variance], variance.shape, neverDifferentiated);
  const inverseDeviation = operation('Reciprocal', [deviation], deviation.shape, neverDifferentiated);
  const normalized = multiply(centered, inverseDeviation);
  return [add(multiply(normalized, weight), bias), mean, inverseDeviation];
}

/**
 * (x − shift) · factor for x `[rows, features]` and a shift and a factor per row, in one pass: as a batch normalization of
 * one example with a channel per row.
 */
function shiftAndScaleRows(x: Tensor, shift: Tensor, factor: Tensor): Tensor {
  const [rows, features] = x.shape;
  const vector = (tensor: Tensor): Tensor => reshape(tensor, [rows]);
  const [zeros, ones] = [0, 1].map((value) => constant(new Float64Array(rows).fill(value), [rows]));
  const shape = [1, rows, features];
  const inputs = [reshape(x, shape), vector(factor), zeros, vector(shift), ones];
  const y: Tensor = operation(
    'BatchNormalization',
    inputs,
    shape,
    (dY) => {
      const byRow = (tensor: Tensor): Tensor => sumOver(tensor, [0, 2], false);
      const dX = multiply(dY, reshape(factor, [1, rows, 1]));
      const centered = subtract(reshape(x, shape), reshape(shift, [1, rows, 1]));
      return [dX, byRow(multiply(dY, centered)), null, negate(byRow(dX)), null];
    },
    { epsilon: { float: 0 } },
  );
  return reshape(y, x.shape);
}
