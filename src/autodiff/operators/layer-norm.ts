import { operations, type Tensor } from '../tensor.ts';
import { asReal, multiply, subtract } from './elementwise.ts';
import { meanOver, sumTo } from './reductions.ts';

/**
 * Layer normalisation over the last axis (Ba, Kiros & Hinton 2016): (x − mean) / √(variance + ε) · weight + bias.
 *
 * @param weight `[features]`.
 * @param bias `[features]`.
 * @param epsilon PyTorch's default if absent.
 */
export function layerNorm(x: Tensor, weight: Tensor, bias: Tensor, epsilon = 1e-5): Tensor {
  const last = x.shape.length - 1;
  const perRow = [...x.shape.slice(0, last), 1];
  const [y, mean, inverseDeviation] = operations(
    'LayerNormalization',
    [x, weight, bias],
    [x.shape, perRow, perRow],
    ([dY]) => {
      const gradient = dY as Tensor;
      // ONNX keeps the two statistics in float32 whatever the type of x; between equal types the casts are removed.
      const deviation = asReal(inverseDeviation);
      const normalised = multiply(subtract(x, asReal(mean)), deviation);
      const scaled = multiply(gradient, weight);
      const alongNormalised = multiply(normalised, meanOver(multiply(scaled, normalised), [last]));
      const tangent = subtract(subtract(scaled, meanOver(scaled, [last])), alongNormalised);
      return [
        multiply(tangent, deviation),
        sumTo(multiply(gradient, normalised), weight.shape),
        sumTo(gradient, bias.shape),
      ];
    },
    { axis: { int: -1 }, epsilon: { float: epsilon } },
  );
  return y;
}
