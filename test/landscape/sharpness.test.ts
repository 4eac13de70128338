import { describe, expect, it } from 'vitest';
import { sharpness } from '../../src/landscape/sharpness.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { symmetricEigenvalues } from '../../src/numerics/symmetric-eigenvalues.ts';
import { randomSymmetric, withEigenvalues } from '../numerics/symmetric-matrices.ts';
import { found, times } from './operators.ts';

const close = { tolerance: 1e-6, mostIterations: 5000 };

/** [rows, columns] of sin(phase(row, column)), and its product with a vector. */
function sines(rows: number, columns: number, phase: (i: number, j: number) => number): Float64Array {
  return Float64Array.from({ length: rows * columns }, (_, at) =>
    Math.sin(phase(Math.floor(at / columns), at % columns)),
  );
}

const relativeError = (value: number, truth: number): number => Math.abs(value / truth - 1);

describe('the sharpness', () => {
  it.each([
    { of: 'a bowl', values: [9, 4, 1, 0.5, 0.1, 0] },
    { of: 'a saddle whose largest curvature is downwards', values: [3, 1, 0, -2, -20] },
    { of: 'a hill', values: [-1, -2, -5] },
    { of: 'a bowl in one parameter', values: [4] },
  ])('of $of is the largest eigenvalue of its quadratic form, within 1e-9', async ({ values }) => {
    const order = values.length;
    const matrix = withEigenvalues(values, createRandom('quadratic'));
    const center = Float64Array.from(values, (_, i) => 3 - i);
    const gradientAt = async (at: Float64Array) =>
      times(
        matrix,
        at.map((value, i) => value - center[i]),
        order,
      );
    for (let seed = 0; seed < 5; seed++) {
      const rng = createRandom(seed);
      const parameters = Float64Array.from({ length: order }, () => 2 * rng.normal());
      const before = parameters.slice();
      const result = found(await sharpness(gradientAt, parameters, rng, close));
      expect(result.converged).toBe(true);
      expect(relativeError(result.sharpness, Math.max(...values))).toBeLessThan(1e-9);
      expect(parameters).toEqual(before);
    }
  });

  it('of a quartic loss is that of its exact Hessian, near zero weights and far from it', async () => {
    // loss = (θᵀAθ)²/4, gradient (θᵀAθ) Aθ, Hessian 2 Aθ(Aθ)ᵀ + (θᵀAθ) A
    const order = 12;
    for (const [seed, scale] of [0.01, 0.3, 1, 30, 1000].entries()) {
      const rng = createRandom(`quartic/${seed}`);
      const a = randomSymmetric(order, rng);
      const parameters = Float64Array.from({ length: order }, () => scale * rng.normal());
      const form = (at: Float64Array, image: Float64Array): number =>
        image.reduce((sum, value, i) => sum + value * at[i], 0);
      const gradientAt = async (at: Float64Array) => {
        const image = times(a, at, order);
        const factor = form(at, image);
        return image.map((value) => factor * value);
      };
      const image = times(a, parameters, order);
      const hessian = a.map(
        (value, at) =>
          2 * image[Math.floor(at / order)] * image[at % order] + form(parameters, image) * value,
      );
      const result = found(await sharpness(gradientAt, parameters, rng, close));
      // The step is 4.8e-6·(1 + ‖θ‖): near zero weights it is not small beside the distance over which this loss bends.
      const error = relativeError(result.sharpness, symmetricEigenvalues(hessian, order)[0]);
      expect(error, `scale ${scale}`).toBeLessThan(scale < 0.1 ? 1e-7 : 1e-9);
    }
  });

  it('of softmax regression is that of the Hessian in closed form', async () => {
    const [examples, features, classes] = [40, 4, 3];
    const order = features * classes;
    const rng = createRandom('softmax');
    const x = Float64Array.from({ length: examples * features }, () => rng.normal());
    const labels = Array.from({ length: examples }, () => rng.integer(classes));
    const probabilities = (at: Float64Array, example: number): number[] => {
      const scores = Array.from({ length: classes }, (_, c) => {
        let score = 0;
        for (let f = 0; f < features; f++) score += at[c * features + f] * x[example * features + f];
        return Math.exp(score);
      });
      const total = scores.reduce((sum, score) => sum + score, 0);
      return scores.map((score) => score / total);
    };
    const gradientAt = async (at: Float64Array) => {
      const gradient = new Float64Array(order);
      for (let n = 0; n < examples; n++) {
        for (const [c, p] of probabilities(at, n).entries()) {
          const slope = (p - (labels[n] === c ? 1 : 0)) / examples;
          for (let f = 0; f < features; f++) gradient[c * features + f] += slope * x[n * features + f];
        }
      }
      return gradient;
    };
    const parameters = Float64Array.from({ length: order }, () => rng.normal());
    // (1/N) Σ (diag(p) − ppᵀ) ⊗ xxᵀ
    const hessian = new Float64Array(order * order);
    for (let n = 0; n < examples; n++) {
      const p = probabilities(parameters, n);
      for (let row = 0; row < order; row++) {
        for (let column = 0; column < order; column++) {
          const [c, d] = [Math.floor(row / features), Math.floor(column / features)];
          const between = p[c] * ((c === d ? 1 : 0) - p[d]);
          const outer = x[n * features + (row % features)] * x[n * features + (column % features)];
          hessian[row * order + column] += (between * outer) / examples;
        }
      }
    }
    const result = found(await sharpness(gradientAt, parameters, rng, close));
    expect(relativeError(result.sharpness, symmetricEigenvalues(hessian, order)[0])).toBeLessThan(1e-9);

    const usual = found(await sharpness(gradientAt, parameters, rng));
    expect(usual.converged).toBe(true);
    expect(usual.iterations).toBeLessThanOrEqual(100);
    expect(relativeError(usual.sharpness, result.sharpness)).toBeLessThan(1e-4);
  });

  /*
   * NumPy 1.24.2. X = sin(1 + 3i + 7j + ij) [30, 5], p = 1/(1 + exp(−Xθ)):
   *   np.linalg.eigvalsh(X.T @ (X * (p * (1 - p))[:, None]) / 30)
   * = 0.0388 … 0.08818553961766692, 0.08877882915301741, 0.10469818647103807. The gradient is XᵀP/30 less a constant.
   */
  it('of logistic regression is what NumPy gives', async () => {
    const x = sines(30, 5, (i, j) => 1 + 3 * i + 7 * j + i * j);
    const gradientAt = async (at: Float64Array) => {
      const gradient = new Float64Array(5);
      for (let i = 0; i < 30; i++) {
        const row = x.subarray(5 * i, 5 * i + 5);
        const p = 1 / (1 + Math.exp(-row.reduce((sum, value, j) => sum + value * at[j], 0)));
        for (let j = 0; j < 5; j++) gradient[j] += (row[j] * p) / 30;
      }
      return gradient;
    };
    const parameters = Float64Array.of(0.5, -1, 2, 0.25, -0.75);
    const result = found(await sharpness(gradientAt, parameters, createRandom(1), close));
    expect(relativeError(result.sharpness, 0.10469818647103807)).toBeLessThan(1e-9);
  });

  /*
   * NumPy 1.24.2: the Hessian by complex steps of the gradient (exact to rounding),
   *   np.stack([grad(th + 1e-30j * e).imag / 1e-30 for e in np.eye(12)]), then np.linalg.eigvalsh:
   * −0.7174 … 0.7560834971206287, 1.5385427738158077.
   */
  it('of a network of three tanh units, with a Hessian of both signs, is what NumPy gives', async () => {
    const x = sines(8, 2, (i, j) => (2 * i + j) * 1.7 + 0.3);
    const target = Float64Array.from({ length: 8 }, (_, n) => Math.cos(3 * x[2 * n]) * x[2 * n + 1]);
    const parameters = Float64Array.from({ length: 12 }, (_, i) => Math.cos(1 + 2 * i));
    const gradientAt = async (at: Float64Array) => tanhGradient(at, x, target);
    const result = found(await sharpness(gradientAt, parameters, createRandom(1), close));
    expect(relativeError(result.sharpness, 1.5385427738158077)).toBeLessThan(1e-9);

    // Gradients rounded to float32: the default step divides their rounding by 1e-5, and too few digits are left.
    const rounded = async (at: Float64Array) => Float64Array.from(Float32Array.from(await gradientAt(at)));
    const wide = { tolerance: 1e-3, relativeStep: 4e-3 };
    const single = found(await sharpness(rounded, parameters, createRandom(1), wide));
    expect(single.converged).toBe(true);
    expect(relativeError(single.sharpness, 1.5385427738158077)).toBeLessThan(5e-5);
    const narrow = await sharpness(rounded, parameters, createRandom(1), { tolerance: 1e-3 });
    expect(narrow).toMatchObject({ determined: false, reason: expect.stringContaining('too few digits') });
  });

  it('begun at the direction of the last measurement takes fewer gradients', async () => {
    const matrix = withEigenvalues([5, 4.5, 4, 3, 1], createRandom('warm'));
    let gradients = 0;
    const gradientAt = async (at: Float64Array) => {
      gradients++;
      return times(matrix, at, 5);
    };
    const parameters = Float64Array.of(1, 2, 3, 4, 5);
    const cold = found(await sharpness(gradientAt, parameters, createRandom(1)));
    expect(gradients).toBe(2 * cold.iterations + 2);
    const start = cold.eigenvector;
    const warm = found(await sharpness(gradientAt, parameters, createRandom(1), { start }));
    expect(warm.iterations).toBeLessThan(cold.iterations / 2);
    expect(relativeError(warm.sharpness, 5)).toBeLessThan(1e-5);
  });

  it('of a loss without curvature is 0', async () => {
    const gradientAt = async () => Float64Array.of(1, -2, 3);
    const result = found(await sharpness(gradientAt, new Float64Array(3), createRandom(1)));
    expect(result).toMatchObject({ sharpness: 0, residual: 0, converged: true });
  });

  /*
   * loss = Σ cᵢθᵢ²/2 + J·max(0, u·θ − b): the curvature is c wherever the gradient is continuous, and the gradient jumps
   * by J·u across the plane u·θ = b. A difference across it with step ε finds J/2ε more along u.
   */
  describe('of a bowl with a kink', () => {
    const curvatures = [0.15, 0.1, 0.05, 0.02, 0.01];
    const theta = Float64Array.of(0.3, -0.2, 0.5, 0.1, -0.4);
    const step = 1e-9 * (1 + Math.hypot(...theta));
    const options = { tolerance: 0.02, mostIterations: 50, relativeStep: 1e-9 };

    /** Measures beside a kink `distance` away along `u`, of norm 1, with a jump that adds `added` to the curvature. */
    async function beside(distance: number, added: number, u: Float64Array) {
      const jump = 2 * step * added;
      const gradientAt = async (at: Float64Array) => {
        // Distances are taken from θ, so that they are exact.
        const along = u.reduce((sum, value, i) => sum + value * (at[i] - theta[i]), 0);
        const slope = along > distance ? jump : 0;
        return at.map((value, i) => curvatures[i] * value + slope * u[i]);
      };
      return sharpness(gradientAt, theta, createRandom(3), options);
    }
    const slanted = Float64Array.of(0.5, 0.5, 0.5, 0.1, Math.sqrt(0.24));
    const random = createRandom('kinks');
    const within = Array.from({ length: 40 }, () => 2 * random.uniform() - 1);

    it('within the difference step is never taken for curvature, however small the jump', async () => {
      for (const place of [0, 0.1, 0.24, 0.26, 0.9, ...within]) {
        for (const u of [Float64Array.of(1, 0, 0, 0, 0), slanted]) {
          for (const added of [300, 3, 0.03, 3e-4]) {
            const result = await beside(place * step, added, u);
            const isFalse = result.determined && !(relativeError(result.sharpness, 0.15) < 2e-3);
            expect(isFalse, `${added} at ${place}: ${JSON.stringify(result)}`).toBe(false);
          }
        }
      }
    });

    it('is not determined where the direction found crosses it, and the reason has both values', async () => {
      for (const place of [0, 0.1, 0.24, -0.2]) {
        expect(await beside(place * step, 300, slanted)).toEqual({
          determined: false,
          reason:
            'two difference steps disagree: curvature 300 with a step of 1.74e-9, 1200 with a quarter of it; the gradient ' +
            'jumps within the step, as where a ReLU switches, or has too few digits',
        });
      }
      expect(await beside(0.6 * step, 300, slanted)).toMatchObject({
        determined: false,
        reason: expect.stringMatching(/curvature 300 with a step of 1\.74e-9, 0\.\d+ with a quarter of it/),
      });
    });

    it('beyond the step is that of the bowl, with as many gradients as before and two to check', async () => {
      const smooth = found(await beside(Number.POSITIVE_INFINITY, 0, slanted));
      for (const place of [1.01, -1.01, 3, -40]) {
        expect(found(await beside(place * step, 300, slanted))).toEqual(smooth);
      }
      expect(relativeError(smooth.sharpness, 0.15)).toBeLessThan(1e-3);
      expect(smooth.converged).toBe(true);
    });
  });

  it('reads a gradient before it asks for the next', async () => {
    const memory = new Float64Array(2);
    const gradientAt = async (at: Float64Array) => {
      memory.set([3 * at[0], at[1]]);
      return memory;
    };
    const result = found(await sharpness(gradientAt, Float64Array.of(1, 1), createRandom(1), close));
    expect(relativeError(result.sharpness, 3)).toBeLessThan(1e-9);
  });

  it('is undetermined, with a reason, where parameters or gradients are not finite', async () => {
    const identity = async (at: Float64Array) => at.slice();
    expect(await sharpness(identity, Float64Array.of(1, Number.NaN), createRandom(1))).toEqual({
      determined: false,
      reason: 'parameter 1 is NaN',
    });
    const diverged = async (at: Float64Array) => at.map(() => Number.POSITIVE_INFINITY);
    expect(await sharpness(diverged, Float64Array.of(1, 2), createRandom(1))).toMatchObject({
      determined: false,
      reason: expect.stringContaining('product 1'),
    });
  });

  it('refuses steps out of range, no parameters, and gradients of another length', async () => {
    const identity = async (at: Float64Array) => at.slice();
    const two = Float64Array.of(1, 2);
    for (const relativeStep of [0, 1, Number.NaN]) {
      await expect(sharpness(identity, two, createRandom(1), { relativeStep })).rejects.toThrow(
        /relativeStep is .*strictly between 0 and 1/,
      );
    }
    await expect(sharpness(identity, new Float64Array(0), createRandom(1))).rejects.toThrow('length is 0');
    const short = async () => new Float64Array(1);
    await expect(sharpness(short, two, createRandom(1))).rejects.toThrow('1 elements; allowed: 2');
  });
});

/** Gradient of ‖w·tanh(Wx + b) − y‖²/2, averaged over eight examples; θ is W [3, 2], b [3] and w [3]. */
function tanhGradient(at: Float64Array, x: Float64Array, target: Float64Array): Float64Array {
  const gradient = new Float64Array(12);
  for (let n = 0; n < 8; n++) {
    const [first, second] = [x[2 * n], x[2 * n + 1]];
    const hidden = [0, 1, 2].map((u) => Math.tanh(at[2 * u] * first + at[2 * u + 1] * second + at[6 + u]));
    const residual = hidden.reduce((sum, h, u) => sum + h * at[9 + u], -target[n]) / 8;
    for (const [u, h] of hidden.entries()) {
      const slope = residual * at[9 + u] * (1 - h * h);
      gradient[2 * u] += slope * first;
      gradient[2 * u + 1] += slope * second;
      gradient[6 + u] += slope;
      gradient[9 + u] += residual * h;
    }
  }
  return gradient;
}
