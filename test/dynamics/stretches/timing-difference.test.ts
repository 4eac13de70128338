import { describe, expect, it } from 'vitest';
import { timingDifference } from '../../../src/dynamics/stretches/timing-difference.ts';

const over = (...perSeed: (number | null)[]) => ({ value: 0, interval: null, perSeed });

describe('which of two things comes first', () => {
  // Reference: scipy.stats.t.interval (SciPy 1.10), for Welch with Satterthwaite's degrees of freedom.
  it('is told from the differences of the same runs', () => {
    const found = timingDifference(over(100, 103, 100), over(149, 154, 150), 'paired');
    expect(found).toMatchObject({ determined: true, value: 50, method: 'paired' });
    if (!found.determined) return;
    expect(found.interval[0]).toBeCloseTo(47.515862, 5);
    expect(found.interval[1]).toBeCloseTo(52.484138, 5);
  });

  it('is told from the means of different runs', () => {
    const found = timingDifference(over(100, 103, 100), over(149, 154, 150), 'independent');
    if (!found.determined) throw new Error(found.reason);
    expect(found.value).toBeCloseTo(50, 12);
    expect(found.interval[0]).toBeCloseTo(44.594470431, 6);
    expect(found.interval[1]).toBeCloseTo(55.405529569, 6);
  });

  it('leaves out seeds that have no timing, and needs two', () => {
    expect(timingDifference(over(1, null, 3), over(11, 12, 13), 'paired')).toMatchObject({ value: 10 });
    expect(timingDifference(over(1, null), over(11, 12), 'paired')).toEqual({
      determined: false,
      reason: '1 seeds have both; at least 2 are needed',
    });
    expect(timingDifference(over(1, 2), over(11, 12, 13), 'paired')).toMatchObject({ determined: false });
    expect(timingDifference(over(1, 2), over(11), 'independent')).toMatchObject({ determined: false });
  });
});
