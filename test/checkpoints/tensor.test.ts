import { describe, expect, it } from 'vitest';
import { elementCount, toFloat64 } from '../../src/checkpoints/tensor.ts';

describe('elementCount', () => {
  it('multiplies the extents; a scalar has one element', () => {
    expect(elementCount([2, 3, 4])).toBe(24);
    expect(elementCount([])).toBe(1);
    expect(elementCount([2 ** 40, 0])).toBe(0);
  });

  it('is null where the extents cannot be counted', () => {
    for (const shape of [[-1], [1.5], ['3'], [null], [2 ** 40, 2 ** 40], [Number.POSITIVE_INFINITY]])
      expect(elementCount(shape)).toBeNull();
  });
});

describe('toFloat64', () => {
  it('gives numbers for every element type', () => {
    expect(toFloat64({ dtype: 'I64', shape: [2], data: BigInt64Array.of(-3n, 4n) })).toEqual(
      Float64Array.of(-3, 4),
    );
    expect(toFloat64({ dtype: 'F32', shape: [1], data: Float32Array.of(0.5) })).toEqual(Float64Array.of(0.5));
    expect(toFloat64({ dtype: 'BOOL', shape: [2], data: Uint8Array.of(0, 1) })).toEqual(
      Float64Array.of(0, 1),
    );
  });
});
