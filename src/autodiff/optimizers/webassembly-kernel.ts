import { instantiate } from '../../numerics/webassembly/instantiate.ts';
import { dropThreshold, keptValue, seedWords } from './dropout-mask.ts';
import { lane, tinyGradient, tinyMoment, type VectorKernel } from './vector-kernel.ts';
import { vectorKernelModule } from './vector-kernel-module.ts';

const bytesPerElement = 4;
/** The seeds of a dropout mask lie at the start of the memory. */
const seedBytes = seedWords * 4;

/**
 * The vector kernel in WebAssembly SIMD, bit for bit the JavaScript one and some twenty times as fast.
 *
 * @param capacity elements that will be allocated in all; the memory cannot grow later without its views being lost.
 * @throws RangeError if the memory cannot be had.
 */
export function webassemblyKernel(capacity: number): VectorKernel {
  const bytes = seedBytes + capacity * bytesPerElement;
  const { memory, exports: call } = instantiate<KernelExports>(vectorKernelModule, bytes);
  const seeds = new Uint32Array(memory, 0, seedWords);
  let next = seedBytes;
  return {
    allocate: (length) => {
      const vector = new Float32Array(memory, next, Math.ceil(length / lane) * lane);
      next += vector.byteLength;
      return vector;
    },
    squaredNorm: (x) => call.squaredNorm(x.byteOffset, x.byteOffset + x.byteLength),
    add: (target, other) =>
      call.add(target.byteOffset, target.byteOffset + target.byteLength, other.byteOffset),
    adam: ({ parameters, gradients, firstMoment, secondMoment }, c) =>
      call.adam(
        parameters.byteOffset,
        parameters.byteOffset + parameters.byteLength,
        gradients.byteOffset,
        firstMoment.byteOffset,
        secondMoment.byteOffset,
        c.gradientScale,
        c.l2Penalty,
        c.shrinkage,
        c.rate,
        c.beta1,
        1 - c.beta1,
        c.beta2,
        1 - c.beta2,
        c.epsilon,
        c.rootCorrection,
        tinyGradient,
        tinyMoment,
      ),
    momentum: ({ parameters, gradients, velocity }, c) =>
      call.momentum(
        parameters.byteOffset,
        parameters.byteOffset + parameters.byteLength,
        gradients.byteOffset,
        velocity.byteOffset,
        c.gradientScale,
        c.l2Penalty,
        c.shrinkage,
        c.rate,
        c.momentum,
        tinyGradient,
        tinyMoment,
      ),
    dropoutMask: (mask, rate, words) => {
      seeds.set(words);
      call.dropoutMask(
        mask.byteOffset,
        mask.byteOffset + mask.byteLength,
        dropThreshold(rate),
        keptValue(rate),
      );
    },
  };
}

interface KernelExports {
  squaredNorm(from: number, to: number): number;
  add(from: number, to: number, other: number): void;
  adam(...operands: number[]): void;
  momentum(...operands: number[]): void;
  dropoutMask(from: number, to: number, threshold: number, value: number): void;
}
