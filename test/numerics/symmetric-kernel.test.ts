import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/numerics/random.ts';
import { type UpdateVectors, useSymmetricKernel } from '../../src/numerics/symmetric-kernel.ts';

/** The definition: even and odd columns are summed apart. */
function innerProduct(a: Float64Array, b: Float64Array): number {
  const sums = [0, 0];
  a.forEach((value, k) => {
    sums[k % 2] += value * b[k];
  });
  return sums[0] + sums[1];
}

/** The definition, row by row in pairs; the block on the diagonal counts its columns only. */
function updateAndMultiply(
  a: Float64Array,
  stride: number,
  rows: number,
  { u, w, x, p }: UpdateVectors,
): void {
  const update = (i: number, j: number): number => {
    a[i * stride + j] = a[i * stride + j] - u[i] * w[j] - w[i] * u[j];
    return a[i * stride + j];
  };
  for (let r = 0; r < rows; r += 2) {
    const sums = [
      [0, 0],
      [0, 0],
    ];
    for (let j = 0; j < r + 2; j++) {
      const pair = [update(r, j), update(r + 1, j)];
      sums[0][j % 2] += pair[0] * x[j];
      sums[1][j % 2] += pair[1] * x[j];
      if (j < r) p[j] += pair[0] * x[r] + pair[1] * x[r + 1];
    }
    p[r] = sums[0][0] + sums[0][1];
    p[r + 1] = sums[1][0] + sums[1][1];
  }
}

const seeds = fc.nat();

describe('the symmetric kernel gives, bit for bit,', () => {
  it('the inner products of three rows with three', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), seeds, (half, seed) => {
        const width = 2 * half;
        const random = createRandom(seed);
        useSymmetricKernel(6 * width + 12, (kernel) => {
          const rows = kernel.allocate(6 * width);
          const out = kernel.allocate(12).fill(-1);
          rows.forEach((_, i) => {
            rows[i] = random.normal();
          });
          const row = (i: number): Float64Array => rows.subarray(i * width, (i + 1) * width);
          kernel.innerProducts(rows.byteOffset, rows.byteOffset + 24 * width, width, out.byteOffset, 4);
          for (let i = 0; i < 3; i++)
            for (let j = 0; j < 3; j++) expect(out[4 * i + j]).toBe(innerProduct(row(i), row(3 + j)));
          for (const i of [3, 7, 11]) expect(out[i]).toBe(-1);
        });
      }),
    );
  });

  it('the update of a block and its product with a vector, and touches nothing else', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 0, max: 3 }),
        seeds,
        (half, extra, seed) => {
          const rows = 2 * half;
          const stride = rows + extra;
          const random = createRandom(seed);
          useSymmetricKernel(stride * rows + 4 * stride, (kernel) => {
            const fill = (vector: Float64Array): Float64Array => vector.map(() => random.normal());
            const randomVector = (): Float64Array => {
              const vector = kernel.allocate(stride);
              vector.set(fill(vector));
              return vector;
            };
            const a = kernel.allocate(stride * rows);
            a.set(fill(a));
            const vectors = { u: randomVector(), w: randomVector(), x: randomVector(), p: randomVector() };
            const expected = {
              a: a.slice(),
              u: vectors.u.slice(),
              w: vectors.w.slice(),
              x: vectors.x.slice(),
              p: vectors.p.slice(),
            };
            updateAndMultiply(expected.a, stride, rows, expected);
            kernel.updateAndMultiply(a, stride, rows, vectors);
            expect({
              a: a.slice(),
              u: vectors.u.slice(),
              w: vectors.w.slice(),
              x: vectors.x.slice(),
              p: vectors.p.slice(),
            }).toEqual(expected);
          });
        },
      ),
    );
  });
});

describe('the memory of the symmetric kernel', () => {
  it('holds what is asked for, beyond the size that is kept too', () => {
    useSymmetricKernel(2 ** 23 + 1, (kernel) => {
      expect(kernel.allocate(2 ** 23 + 1)).toHaveLength(2 ** 23 + 1);
    });
    useSymmetricKernel(10, (kernel) => expect(() => kernel.allocate(2 ** 23)).toThrow(RangeError));
  });

  it('starts every vector at a multiple of 16 bytes', () => {
    useSymmetricKernel(4, (kernel) => {
      expect([1, 1, 2].map((length) => kernel.allocate(length).byteOffset)).toEqual([0, 16, 32]);
    });
  });

  it('is the same for one use after another, and another one for a use within a use', () => {
    const memoryOf = (): ArrayBufferLike => useSymmetricKernel(4, (kernel) => kernel.allocate(1).buffer);
    const first = memoryOf();
    expect(memoryOf()).toBe(first);
    useSymmetricKernel(4, (outer) => {
      const vector = outer.allocate(4).fill(7);
      expect(vector.buffer).toBe(first);
      useSymmetricKernel(4, (inner) => inner.allocate(4).fill(-1));
      expect(vector).toEqual(Float64Array.of(7, 7, 7, 7));
    });
    expect(() =>
      useSymmetricKernel(4, () => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(memoryOf()).toBe(first);
  });
});
