import { symmetricKernelModule } from './symmetric-kernel-module.ts';
import { instantiate } from './webassembly/instantiate.ts';

/** The inner loops of symmetric matrices, over float64 vectors in one memory. */
export interface SymmetricKernel {
  /**
   * A vector in the kernel's memory, with whatever an earlier user left in it. Starts at a multiple of 16 bytes. Must not be
   * kept beyond the use of the kernel.
   * @throws RangeError if there is no room left.
   */
  allocate(length: number): Float64Array;
  /**
   * Inner products of three rows with three rows, each `width` (an even number) long and one behind the other: three rows
   * of three elements from `out` on, `stride` elements apart. Each is the sum over even columns plus the sum over odd columns.
   *
   * @param x,y,out addresses in bytes.
   */
  innerProducts(x: number, y: number, width: number, out: number, stride: number): void;
  /**
   * A ← A − u wᵀ − w uᵀ and p ← A x on the leading block of `rows` rows (an even number). Of A [·, stride] the lower
   * triangle is given, and the upper element of each 2 × 2 block on the diagonal.
   */
  updateAndMultiply(matrix: Float64Array, stride: number, rows: number, vectors: UpdateVectors): void;
}

export interface UpdateVectors {
  readonly u: Float64Array;
  readonly w: Float64Array;
  readonly x: Float64Array;
  readonly p: Float64Array;
}

/** Larger memories are given back after use. */
const keptBytes = 2 ** 26;

interface KernelMemory {
  readonly kernel: SymmetricKernel;
  readonly bytes: number;
  readonly clear: () => void;
}

/** The memory of an earlier use, for the next one; not here while it is in use. */
let kept: KernelMemory | null = null;

/**
 * Hands the kernel to `work`, with an empty memory for `elements` float64 in at most eight vectors. Creating a memory takes
 * longer than small matrices do, so it is kept for the next use; a use within another one gets a memory of its own.
 *
 * @param work must not wait for anything: the memory is taken away when it returns.
 * @throws RangeError if the memory cannot be had; and what `work` throws.
 */
export function useSymmetricKernel<R>(elements: number, work: (kernel: SymmetricKernel) => R): R {
  const bytes = elements * 8 + 8 * 16;
  const taken = kept !== null && kept.bytes >= bytes ? kept : null;
  if (taken !== null) kept = null;
  const memory = taken ?? createMemory(Math.max(bytes, 2 ** 20));
  memory.clear();
  try {
    return work(memory.kernel);
  } finally {
    if (memory.bytes <= keptBytes && memory.bytes >= (kept?.bytes ?? 0)) kept = memory;
  }
}

function createMemory(size: number): KernelMemory {
  const { memory, exports: call } = instantiate<KernelExports>(symmetricKernelModule, size);
  let next = 0;
  return {
    bytes: memory.byteLength,
    clear: () => {
      next = 0;
    },
    kernel: {
      allocate: (length) => {
        const vector = new Float64Array(memory, next, length);
        next = Math.ceil((next + vector.byteLength) / 16) * 16;
        return vector;
      },
      innerProducts: (x, y, width, out, stride) => call.innerProducts(x, y, width * 8, out, stride * 8),
      updateAndMultiply: (matrix, stride, rows, { u, w, x, p }) =>
        call.updateAndMultiply(
          matrix.byteOffset,
          stride * 8,
          rows,
          u.byteOffset,
          w.byteOffset,
          x.byteOffset,
          p.byteOffset,
        ),
    },
  };
}

interface KernelExports {
  innerProducts(...operands: number[]): void;
  updateAndMultiply(...operands: number[]): void;
}
