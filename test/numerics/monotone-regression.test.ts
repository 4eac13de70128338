import { describe, expect, it } from 'vitest';
import { monotoneRegression } from '../../src/numerics/monotone-regression.ts';
import { createRandom } from '../../src/numerics/random.ts';

describe('monotoneRegression', () => {
  // Reference: scikit-learn's IsotonicRegression on 0 … n − 1.
  it('pools what violates the order', () => {
    expect([...monotoneRegression([1, 3, 2, 4])]).toEqual([1, 2.5, 2.5, 4]);
    expect([...monotoneRegression([5, 4, 3])]).toEqual([4, 4, 4]);
    expect([...monotoneRegression([2, 1, 6, 5, 4, 9, 0])]).toEqual([1.5, 1.5, 4.8, 4.8, 4.8, 4.8, 4.8]);
    expect([...monotoneRegression([])]).toEqual([]);
  });

  it('is nondecreasing, keeps the sum, and its residuals are orthogonal to it', () => {
    const rng = createRandom('monotone');
    for (let trial = 0; trial < 50; trial++) {
      const values = Float64Array.from({ length: 1 + rng.integer(60) }, () => rng.normal());
      const fitted = monotoneRegression(values);
      let [sum, product] = [0, 0];
      for (let i = 0; i < values.length; i++) {
        if (i > 0) expect(fitted[i]).toBeGreaterThanOrEqual(fitted[i - 1]);
        sum += values[i] - fitted[i];
        product += (values[i] - fitted[i]) * fitted[i];
      }
      expect(sum).toBeCloseTo(0, 10);
      expect(product).toBeCloseTo(0, 10);
    }
  });
});
