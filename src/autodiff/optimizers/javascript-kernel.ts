import { fillDropoutMask } from './dropout-mask.ts';
import {
  type AdamCoefficients,
  type AdamVectors,
  lane,
  type MomentumCoefficients,
  type MomentumVectors,
  tinyGradient,
  tinyMoment,
  type VectorKernel,
} from './vector-kernel.ts';

const { fround, sqrt, abs } = Math;

/**
 * The vector kernel in plain JavaScript: the definition of every bit. Each operation is rounded to float32, which is
 * exact because float64 holds more than twice float32's digits (Figueroa 1995).
 */
export function javascriptKernel(): VectorKernel {
  return {
    allocate: (length) => new Float32Array(Math.ceil(length / lane) * lane),
    squaredNorm,
    add,
    adam,
    momentum,
    dropoutMask: fillDropoutMask,
  };
}

function squaredNorm(x: Float32Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < x.length; i += 4) {
    a += x[i] * x[i];
    b += x[i + 1] * x[i + 1];
    c += x[i + 2] * x[i + 2];
    d += x[i + 3] * x[i + 3];
  }
  return a + c + (b + d);
}

function add(target: Float32Array, other: Float32Array): void {
  for (let i = 0; i < target.length; i++) target[i] += other[i];
}

/** Kingma & Ba 2015, in PyTorch's order of operations; with `shrinkage` below 1, AdamW (Loshchilov & Hutter 2019). */
function adam(vectors: AdamVectors, coefficients: AdamCoefficients): void {
  const { parameters: p, gradients: g, firstMoment: m, secondMoment: v } = vectors;
  const scale = fround(coefficients.gradientScale);
  const penalty = fround(coefficients.l2Penalty);
  const shrinkage = fround(coefficients.shrinkage);
  const rate = fround(coefficients.rate);
  const epsilon = fround(coefficients.epsilon);
  const correction = fround(coefficients.rootCorrection);
  const [beta1, rest1] = [fround(coefficients.beta1), fround(1 - coefficients.beta1)];
  const [beta2, rest2] = [fround(coefficients.beta2), fround(1 - coefficients.beta2)];
  for (let i = 0; i < p.length; i++) {
    const gi = flush(fround(fround(g[i] * scale) + fround(penalty * p[i])), tinyGradient);
    const mi = flush(fround(fround(beta1 * m[i]) + fround(rest1 * gi)), tinyMoment);
    const vi = flush(fround(fround(beta2 * v[i]) + fround(fround(rest2 * gi) * gi)), tinyMoment);
    const root = fround(fround(fround(sqrt(vi)) * correction) + epsilon);
    m[i] = mi;
    v[i] = vi;
    p[i] = fround(shrinkage * p[i]) - fround(rate * fround(mi / root));
  }
}

/** PyTorch's SGD with momentum and no dampening: u ← μu + g, p ← p − rate · u. */
function momentum(vectors: MomentumVectors, coefficients: MomentumCoefficients): void {
  const { parameters: p, gradients: g, velocity: u } = vectors;
  const scale = fround(coefficients.gradientScale);
  const penalty = fround(coefficients.l2Penalty);
  const shrinkage = fround(coefficients.shrinkage);
  const rate = fround(coefficients.rate);
  const mu = fround(coefficients.momentum);
  for (let i = 0; i < p.length; i++) {
    const gi = flush(fround(fround(g[i] * scale) + fround(penalty * p[i])), tinyGradient);
    const ui = flush(fround(fround(mu * u[i]) + gi), tinyMoment);
    u[i] = ui;
    p[i] = fround(shrinkage * p[i]) - fround(rate * ui);
  }
}

/** x, or 0 where |x| is below the limit; NaN stays. */
function flush(x: number, limit: number): number {
  return abs(x) < limit ? 0 : x;
}
