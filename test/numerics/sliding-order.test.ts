import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, medianAbsoluteDeviation, quantile } from '../../src/numerics/quantile.ts';
import { SlidingOrder } from '../../src/numerics/sliding-order.ts';

const number = fc.double({ noNaN: true, min: -1e3, max: 1e3 }).map((value) => value + 0);
const numbers = fc.array(number, { minLength: 1, maxLength: 40 });

describe('numbers kept in order', () => {
  it('have the median, median deviation and largest deviation of what is in them while it comes and goes', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 12 }), (values, length) => {
        const window = new SlidingOrder(values.length);
        values.forEach((value, i) => {
          window.add(value);
          if (i >= length) window.remove(values[i - length]);
          const inside = values.slice(Math.max(0, i - length + 1), i + 1);
          const middle = median(inside);
          expect(window.size).toBe(inside.length);
          expect(window.median()).toBeCloseTo(middle, 10);
          expect(window.medianDistance(window.median())).toBeCloseTo(medianAbsoluteDeviation(inside), 10);
          const farthest = Math.max(...inside.map((one) => Math.abs(one - middle)));
          expect(window.largestDistance(window.median())).toBeCloseTo(farthest, 10);
        });
      }),
    );
  });

  it('replace one number by another, or many at once, as if they were taken out and the others added', () => {
    fc.assert(
      fc.property(numbers, numbers, (values, others) => {
        const [replaced, anew, merged] = [values, values, values].map(
          ({ length }) => new SlidingOrder(length),
        );
        for (const window of [replaced, merged]) for (const value of values) window.add(value);
        const now = values.map((value, i) => others[i] ?? value);
        values.forEach((value, i) => void replaced.replace(value, now[i]));
        for (const value of now) anew.add(value);
        const all = (window: SlidingOrder) => [
          window.median(),
          window.medianDistance(0),
          window.largestDistance(0),
        ];
        expect(all(replaced)).toEqual(all(anew));
        merged.replaceMany(Float64Array.from(values).sort(), Float64Array.from(now).sort(), now.length);
        expect(all(merged)).toEqual(all(anew));
      }),
    );
  });

  it('may hold a value twice, and lose it once', () => {
    const window = new SlidingOrder(3);
    for (const value of [2, 2, 5]) window.add(value);
    window.remove(2);
    expect([window.size, window.median()]).toEqual([2, 3.5]);
  });

  it('gives the quantiles of what it holds', () => {
    const window = new SlidingOrder(9);
    for (const value of [4, 1, 9, 2, 2]) window.add(value);
    window.replace(9, 7);
    for (const p of [0, 0.3, 0.5, 0.9, 1]) expect(window.quantile(p)).toBe(quantile([4, 1, 7, 2, 2], p));
  });
});
