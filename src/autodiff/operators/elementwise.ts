import { broadcastShape } from '../broadcast-shape.ts';
import { dataTypes } from '../onnx-schema.ts';
import { constant, float32Operation, noGradient, operation, type Tensor } from '../tensor.ts';
import { sumTo } from './broadcasting.ts';

/** a + b, shapes broadcast as in NumPy. */
export function add(a: Tensor, b: Tensor): Tensor {
  return operation('Add', [a, b], broadcastShape(a.shape, b.shape), (dY) => [
    sumTo(dY, a.shape),
    sumTo(dY, b.shape),
  ]);
}

/** a − b, shapes broadcast. */
export function subtract(a: Tensor, b: Tensor): Tensor {
  return operation('Sub', [a, b], broadcastShape(a.shape, b.shape), (dY) => [
    sumTo(dY, a.shape),
    negate(sumTo(dY, b.shape)),
  ]);
}

/** a · b element by element, shapes broadcast. */
export function multiply(a: Tensor, b: Tensor): Tensor {
  return operation('Mul', [a, b], broadcastShape(a.shape, b.shape), (dY) => [
    sumTo(multiply(dY, b), a.shape),
    sumTo(multiply(dY, a), b.shape),
  ]);
}

/** −x. */
export function negate(x: Tensor): Tensor {
  return operation('Neg', [x], x.shape, (dY) => [negate(dY)]);
}

/** x times a number. */
export function scale(x: Tensor, factor: number): Tensor {
  return multiply(x, constant(factor));
}

/** e^x. */
export function exp(x: Tensor): Tensor {
  const y: Tensor = operation('Exp', [x], x.shape, (dY) => [multiply(dY, y)]);
  return y;
}

/** max(x, 0). Where x is 0 the gradient is 0, as in PyTorch. */
export function relu(x: Tensor): Tensor {
  const y: Tensor = operation('Relu', [x], x.shape, (dY) => [multiply(dY, isPositive(y))]);
  return y;
}

/** Hyperbolic tangent. */
export function tanh(x: Tensor): Tensor {
  const y: Tensor = operation('Tanh', [x], x.shape, (dY) => [subtract(dY, multiply(dY, multiply(y, y)))]);
  return y;
}

/** x². */
export function square(x: Tensor): Tensor {
  return operation('Mul', [x, x], x.shape, (dY) => [multiply(dY, scale(x, 2)), null]);
}

/**
 * The Gaussian error linear unit (Hendrycks & Gimpel 2016) in the approximation x · (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2, PyTorch's
 * `GELU(approximate='tanh')`: at most 0.0005 from x · Φ(x).
 */
export function gelu(x: Tensor): Tensor {
  const slope = scale(add(constant(1), scale(square(x), 0.044715)), Math.sqrt(2 / Math.PI));
  return multiply(scale(x, 0.5), add(constant(1), tanh(multiply(x, slope))));
}

/**
 * 1 where x > 0 and 0 elsewhere; no gradient flows through it.
 *
 * The hard sigmoid min(max(slope · x, 0), 1) so steep that even the smallest normal number gives 1: one pass over x, where a
 * comparison and a cast are two, and ONNX Runtime's Sign and Where are several times slower still.
 */
export function isPositive(x: Tensor): Tensor {
  const attributes = { alpha: { float: 2 ** 127 }, beta: { float: 0 } };
  return float32Operation('HardSigmoid', [x], x.shape, noGradient, attributes, ([x]) =>
    asReal(greater(x, constant(0))),
  );
}

/** 1 where a > b, for `asReal`; no gradient flows through a comparison. */
export function greater(a: Tensor, b: Tensor): Tensor {
  return operation('Greater', [a, b], broadcastShape(a.shape, b.shape), noGradient, {}, 'boolean');
}

/** 1 where a = b, for `asReal`; no gradient flows through a comparison. */
export function equal(a: Tensor, b: Tensor): Tensor {
  return operation('Equal', [a, b], broadcastShape(a.shape, b.shape), noGradient, {}, 'boolean');
}

/** Truth values as the numbers 0 and 1. */
export function asReal(x: Tensor): Tensor {
  return operation('CastToReal', [x], x.shape, noGradient);
}

/** Whole numbers held as reals, as an index for Gather. */
export function asIndex(x: Tensor): Tensor {
  return operation('Cast', [x], x.shape, noGradient, { to: { int: dataTypes.int64 } }, 'index');
}
