import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/numerics/random.ts';
import { meanInterval, signFlipInterval, signFlipTest } from '../../src/numerics/sign-flip.ts';

describe('the sign-flip test', () => {
  it('counts assignments of signs as far from 0 as the one seen', () => {
    // |±1 ±2 ±4| ≥ 5: 7, 5 and their negatives of 8 assignments.
    expect(signFlipTest([-1, 2, 4], createRandom(1))).toEqual({ pValue: 4 / 8, smallest: 2 / 8 });
    expect(signFlipTest([1, 1], createRandom(1)).pValue).toBe(0.5);
  });

  it('draws signs where there are too many to count, close to the exact answer', () => {
    const values = Array.from({ length: 13 }, (_, i) => (i % 3) - 0.6);
    let extreme = 0;
    const sum = Math.abs(values.reduce((a, b) => a + b, 0)) * (1 - 1e-12);
    for (let signs = 0; signs < 2 ** 13; signs++) {
      const flipped = values.reduce((total, value, i) => total + ((signs >> i) & 1 ? -value : value), 0);
      if (Math.abs(flipped) >= sum) extreme++;
    }
    expect(signFlipTest(values, createRandom(1)).pValue).toBeCloseTo(extreme / 2 ** 13, 1);
  });
});

describe('the interval of a mean', () => {
  it("is Student's", () => {
    // qt(0.975, 3) = 3.182446, sd of 1..4 = 1.290994.
    const [low, high] = meanInterval([1, 2, 3, 4])!;
    expect(low).toBeCloseTo(2.5 - (3.1824463053 * 1.2909944487) / 2, 9);
    expect(high).toBeCloseTo(2.5 + (3.1824463053 * 1.2909944487) / 2, 9);
    expect(meanInterval([1])).toBeNull();
  });
});

describe('the interval of the sign-flip test', () => {
  const random = createRandom('interval');

  it('leaves out 0 exactly where the test rejects it', () => {
    for (let round = 0; round < 200; round++) {
      const values = Array.from({ length: 6 + (round % 4) }, () => 0.8 + random.normal());
      const [low, high] = signFlipInterval(values, random)!;
      expect(low > 0 || high < 0).toBe(signFlipTest(values, random).pValue <= 0.05);
    }
  });

  it('holds the center of symmetric values as often as it says, and is none for few', () => {
    let held = 0;
    for (let round = 0; round < 2000; round++) {
      const [low, high] = signFlipInterval(
        Array.from({ length: 8 }, () => 3 + random.normal() ** 3),
        random,
      )!;
      if (low <= 3 && high >= 3) held++;
    }
    // Of 2⁸ arrangements 6 are left out on either side: 1 − 12/256 is 0.953; three standard errors of 2,000 are 0.014.
    expect(Math.abs(held / 2000 - (1 - 12 / 256))).toBeLessThan(0.014);
    expect(signFlipInterval([1, 2, 3, 4, 5], random)).toBeNull();
  });
});
