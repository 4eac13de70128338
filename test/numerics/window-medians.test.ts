import { describe, expect, it } from 'vitest';
import { median } from '../../src/numerics/quantile.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { windowMedians } from '../../src/numerics/window-medians.ts';

describe('windowMedians', () => {
  it.each([1, 2, 15, 40, 121, 200])('are the medians of windows of %i values, ties included', (width) => {
    const rng = createRandom(width);
    const values = Float64Array.from({ length: 200 }, () => Math.round(4 * rng.normal()) / 4 + 0);
    const starts = Int32Array.from({ length: 201 - width }, (_, k) => k);
    expect([...windowMedians(values, width, starts)]).toEqual(
      [...starts].map((start) => median(values.subarray(start, start + width))),
    );
  });

  it.each([2, 3, 8, 32, 40])('are the same where windows move by %i values at a time', (stride) => {
    const rng = createRandom(stride);
    const values = Float64Array.from({ length: 400 }, () => Math.round(4 * rng.normal()) / 4 + 0);
    for (const width of [5, 33, 121]) {
      const starts = Int32Array.from({ length: Math.floor((400 - width) / stride) }, (_, k) => k * stride);
      expect([...windowMedians(values, width, starts)]).toEqual(
        [...starts].map((start) => median(values.subarray(start, start + width))),
      );
    }
  });

  it('may leave values out between windows, or stay where they are', () => {
    const values = Float64Array.from({ length: 30 }, (_, i) => (i * 17) % 31);
    expect([...windowMedians(values, 3, [0, 0, 7, 25])]).toEqual(
      [0, 0, 7, 25].map((start) => median(values.subarray(start, start + 3))),
    );
  });

  it('refuses widths and starts that are out of range', () => {
    const values = Float64Array.of(1, 2, 3);
    expect(() => windowMedians(values, 4, [0])).toThrow('allowed: a whole number from 1 to 3');
    expect(() => windowMedians(values, 2, [2])).toThrow('allowed: ascending, at most 1');
    expect(() => windowMedians(values, 2, [1, 0])).toThrow('ascending');
  });
});
