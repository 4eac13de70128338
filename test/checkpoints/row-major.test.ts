import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRowMajor, rowMajor } from '../../src/checkpoints/row-major.ts';

describe('rowMajor', () => {
  it('reads a column-major matrix row by row', () => {
    expect(rowMajor(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3], [1, 2], 0)).toEqual(
      Float32Array.of(1, 3, 5, 2, 4, 6),
    );
  });

  it('finds each element at offset + Σ index × stride', () => {
    const axis = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.nat(5));
    fc.assert(
      fc.property(fc.array(axis, { maxLength: 4 }), fc.nat(5), (axes, offset) => {
        const [shape, strides] = [axes.map(([extent]) => extent), axes.map(([, stride]) => stride)];
        const data = Int32Array.from({ length: 100 }, (_, i) => i);
        let expected = [offset];
        axes.forEach(([extent, stride]) => {
          expected = expected.flatMap((at) => Array.from({ length: extent }, (_, i) => at + i * stride));
        });
        expect([...rowMajor(data, shape, strides, offset)]).toEqual(expected);
      }),
    );
  });
});

describe('isRowMajor', () => {
  it('looks at axes longer than one only', () => {
    expect(isRowMajor([2, 3, 4], [12, 4, 1])).toBe(true);
    expect(isRowMajor([2, 1, 4], [4, 99, 1])).toBe(true);
    expect(isRowMajor([], [])).toBe(true);
    expect(isRowMajor([3, 2], [1, 3])).toBe(false);
    expect(isRowMajor([3], [2])).toBe(false);
  });
});
