import { describe, expect, it } from 'vitest';
import { referenceOf } from '../../../src/dynamics/run-changes/reference.ts';

const evenly = (n: number, interval = 5): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => i * interval);

describe('what a contrast is compared with', () => {
  it('is the last hundred contrasts that see nothing after it', () => {
    const { firsts, ends } = referenceOf(evenly(400), 4);
    // A contrast of width 4 at s sees s − 3 to s + 4.
    expect([firsts[300], ends[300]]).toEqual([197, 297]);
  });

  it('leaves out the first 3 % of a run', () => {
    const { firsts } = referenceOf(evenly(400), 4);
    expect(firsts[60]).toBe(12 + 3);
    expect(referenceOf(evenly(40), 2).firsts[20]).toBe(1 + 1);
  });

  it('may begin later', () => {
    expect(referenceOf(evenly(400), 4, 250).firsts[300]).toBe(253);
  });

  it('leaves out what was measured at intervals of another size', () => {
    const sparser = Float64Array.from({ length: 200 }, (_, i) => (i < 100 ? i : 100 + 10 * (i - 100)));
    const { firsts, ends } = referenceOf(sparser, 4);
    expect(firsts[150]).toBeGreaterThanOrEqual(100);
    // A contrast that sees both sizes is compared with nothing.
    expect(ends[98] - firsts[98]).toBeLessThanOrEqual(0);
  });

  it('takes intervals that grow slowly for alike', () => {
    const decades = Float64Array.from({ length: 120 }, (_, i) => Math.round(50 * 10 ** (i / 40)));
    const { firsts, ends } = referenceOf(decades, 2);
    expect(ends[100] - firsts[100]).toBeGreaterThanOrEqual(8);
    expect(firsts[100]).toBeGreaterThan(80);
  });

  it('takes one missing measurement for no change of the interval', () => {
    const steps = evenly(100).filter((_, i) => i !== 60);
    const { firsts, ends } = referenceOf(steps, 2);
    expect(ends[80] - firsts[80]).toBeGreaterThan(70);
  });

  it('moves on only', () => {
    const { firsts, ends } = referenceOf(
      Float64Array.from({ length: 300 }, (_, i) => (i < 150 ? i : 150 + 7 * (i - 150))),
      10,
    );
    expect(firsts.every((first, t) => t === 0 || first >= firsts[t - 1])).toBe(true);
    expect(ends.every((end, t) => t === 0 || end >= ends[t - 1])).toBe(true);
  });
});
