import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectJumps } from '../../src/published/jumps.ts';

describe('the published jump rule', () => {
  it('finds a single step, called by the index before it', () => {
    const series = Float64Array.from({ length: 100 }, (_, i) => (i <= 40 ? 1 : 3));
    expect(detectJumps(series)).toEqual([{ step: 40, magnitude: 2, speed: 2 / 5, direction: 'increase' }]);
  });

  it('cuts the window of the speed at both ends', () => {
    const early = Float64Array.from({ length: 100 }, (_, i) => (i === 0 ? 1 : 0));
    expect(detectJumps(early)).toEqual([{ step: 0, magnitude: 1, speed: 1 / 3, direction: 'decrease' }]);
    const late = Float64Array.from({ length: 100 }, (_, i) => (i === 99 ? 1 : 0));
    expect(detectJumps(late)).toEqual([{ step: 98, magnitude: 1, speed: 1 / 4, direction: 'increase' }]);
  });

  it('finds nothing in a flat series, in a steady slope of whole numbers and in two values', () => {
    expect(detectJumps(new Float64Array(50).fill(0.7))).toEqual([]);
    expect(detectJumps(Float64Array.from({ length: 50 }, (_, i) => i))).toEqual([]);
    expect(detectJumps(Float64Array.of(0, 1))).toEqual([]);
  });

  it('cannot call a quarter of the differences jumps (Chebyshev), whatever the series', () => {
    fc.assert(
      fc.property(
        fc.float64Array({ minLength: 3, maxLength: 60, noNaN: true, min: -1e6, max: 1e6 }),
        (series) => {
          expect(detectJumps(series).length).toBeLessThanOrEqual((series.length - 1) / 4);
        },
      ),
    );
  });
});
