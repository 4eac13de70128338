import { describe, expect, it } from 'vitest';
import { javascriptKernel } from '../../../src/autodiff/optimizers/javascript-kernel.ts';
import { tinyMoment, type VectorKernel } from '../../../src/autodiff/optimizers/vector-kernel.ts';
import { webassemblyKernel } from '../../../src/autodiff/optimizers/webassembly-kernel.ts';
import { createRandom } from '../../../src/numerics/random.ts';

const length = 1000;
const kernels: VectorKernel[] = [javascriptKernel(), webassemblyKernel(100_000)];
const common = { gradientScale: 0.7, l2Penalty: 0.01, shrinkage: 0.999, rate: 0.003 };
const seeds = Uint32Array.from({ length: 16 }, (_, i) => createRandom(i).uint32());

/** Numbers of every magnitude that float32 has, and its special cases. */
function roughVector(label: string): number[] {
  const rng = createRandom(label);
  const special = [0, -0, 1e-45, -1e-39, 2 ** -126, 2 ** -58, -(2 ** -59), tinyMoment, 1e-20, 3e38];
  return Array.from({ length }, (_, i) => special[i] ?? rng.normal() * 10 ** (rng.uniform() * 40 - 38));
}

function vectorIn(kernel: VectorKernel, values: readonly number[]): Float32Array {
  const vector = kernel.allocate(values.length);
  vector.set(values);
  return vector;
}

function bytesOf(vector: Float32Array): Uint8Array {
  return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
}

/** What each kernel makes of the same start, as bytes. */
function results(run: (kernel: VectorKernel) => Float32Array[]): Uint8Array[][] {
  return kernels.map((kernel) => run(kernel).map((vector) => bytesOf(vector).slice()));
}

describe('the WebAssembly kernel gives the bits of the JavaScript kernel', () => {
  it('Adam, over many steps', () => {
    const [oracle, simd] = results((kernel) => {
      const vectors = {
        parameters: vectorIn(kernel, roughVector('p')),
        gradients: vectorIn(kernel, roughVector('g')),
        firstMoment: vectorIn(kernel, roughVector('m')),
        secondMoment: vectorIn(kernel, roughVector('v').map(Math.abs)),
      };
      const adam = { ...common, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, rootCorrection: 3.3 };
      for (let step = 0; step < 20; step++) kernel.adam(vectors, adam);
      return [vectors.parameters, vectors.firstMoment, vectors.secondMoment];
    });
    expect(simd).toEqual(oracle);
    expect(oracle[0]).not.toEqual(bytesOf(Float32Array.from(roughVector('p'))));
  });

  it('sums', () => {
    const [oracle, simd] = results((kernel) => {
      const vector = vectorIn(kernel, roughVector('p'));
      kernel.add(vector, vectorIn(kernel, roughVector('g')));
      return [vector];
    });
    expect(simd).toEqual(oracle);
    const [p, g] = [roughVector('p'), roughVector('g')];
    const expected = p.map((value, i) => Math.fround(Math.fround(value) + Math.fround(g[i])));
    expect([...new Float32Array(oracle[0].buffer, 0, length)]).toEqual(expected);
  });

  it('momentum, over many steps', () => {
    const [oracle, simd] = results((kernel) => {
      const vectors = {
        parameters: vectorIn(kernel, roughVector('p')),
        gradients: vectorIn(kernel, roughVector('g')),
        velocity: vectorIn(kernel, roughVector('u')),
      };
      for (let step = 0; step < 20; step++) kernel.momentum(vectors, { ...common, momentum: 0.9 });
      return [vectors.parameters, vectors.velocity];
    });
    expect(simd).toEqual(oracle);
  });

  it('the sum of squares', () => {
    const moderate = Array.from({ length }, (_, i) => Math.sin(i) * 10 ** (i % 7));
    const [oracle, simd] = kernels.map((kernel) => kernel.squaredNorm(vectorIn(kernel, moderate)));
    expect(simd).toBe(oracle);
    const exact = Float32Array.from(moderate).reduce((total, x) => total + x * x, 0);
    expect(oracle / exact).toBeCloseTo(1, 12);
  });

  it('dropout masks', () => {
    const [oracle, simd] = results((kernel) => {
      const mask = kernel.allocate(length);
      kernel.dropoutMask(mask, 0.1, seeds);
      return [mask];
    });
    expect(simd).toEqual(oracle);
  });

  it('NaN in a gradient reaches the parameter in both', () => {
    for (const kernel of kernels) {
      const parameters = vectorIn(kernel, [1, 1, 1, 1]);
      const gradients = vectorIn(kernel, [Number.NaN, 0, 0, 0]);
      const velocity = kernel.allocate(4);
      kernel.momentum({ parameters, gradients, velocity }, { ...common, momentum: 0 });
      expect(parameters[0]).toBeNaN();
      expect(parameters[1]).not.toBeNaN();
    }
  });
});

describe('dropout masks', () => {
  const many = 400_000;
  const mask = new Float32Array(many);

  it.each([0.1, 0.5, 0.9])('drop a share of %d and keep the expectation', (rate) => {
    kernels[0].dropoutMask(mask, rate, seeds);
    const dropped = mask.filter((value) => value === 0).length / many;
    const mean = mask.reduce((total, value) => total + value, 0) / many;
    const deviation = Math.sqrt((rate * (1 - rate)) / many);
    expect(Math.abs(dropped - rate)).toBeLessThan(4 * deviation);
    expect(Math.abs(mean - 1)).toBeLessThan((4 * deviation) / (1 - rate));
    expect(new Set(mask).size).toBe(2);
  });

  it('drop neighbors independently', () => {
    kernels[0].dropoutMask(mask, 0.5, seeds);
    for (const distance of [1, 2, 4, 8, 16]) {
      let both = 0;
      for (let i = 0; i + distance < many; i++) if (mask[i] === 0 && mask[i + distance] === 0) both++;
      expect(Math.abs(both / (many - distance) - 0.25)).toBeLessThan(4 * Math.sqrt(0.1875 / many));
    }
  });
});

describe('denormal numbers', () => {
  it('are gone from the moments of a unit that died', () => {
    const kernel = kernels[0];
    const gradients = vectorIn(kernel, [1, 0, 0, 0]);
    const firstMoment = kernel.allocate(4);
    const secondMoment = kernel.allocate(4);
    const parameters = kernel.allocate(4);
    const adam = { ...common, beta1: 0.9, beta2: 0.5, epsilon: 1e-8, rootCorrection: 1, l2Penalty: 0 };
    const vectors = { parameters, gradients, firstMoment, secondMoment };
    kernel.adam(vectors, adam);
    gradients[0] = 0;
    for (let step = 0; step < 2000; step++) {
      kernel.adam(vectors, adam);
      for (const moment of [firstMoment[0], secondMoment[0]]) {
        expect(moment === 0 || moment >= tinyMoment).toBe(true);
      }
    }
    expect([firstMoment[0], secondMoment[0]]).toEqual([0, 0]);
  });
});
