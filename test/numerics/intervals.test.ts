import { describe, expect, it } from 'vitest';
import { clopperPearsonInterval } from '../../src/numerics/clopper-pearson-interval.ts';
import { garwoodInterval } from '../../src/numerics/garwood-interval.ts';
import { wilsonInterval } from '../../src/numerics/wilson-interval.ts';
import { expectDigits, golden } from './special-functions/golden.ts';

describe('intervals for shares, against scipy.stats.binomtest', () => {
  it.each([
    [0, 100, 0.95, [0, 0.03699349820698568], [0, 0.03621669264519054]],
    [3, 10, 0.95, [0.10779126740630102, 0.6032218525388546], [0.06673951117773447, 0.652452850060008]],
    [10, 10, 0.9, [0.787058029916593, 1], [0.7411344491066528, 1]],
    [49, 55, 0.95, [0.7817445091344649, 0.9490327499921766], [0.7775290916597709, 0.9588984951775059]],
  ])('%i of %i at confidence %f', (successes, trials, confidence, wilson, exact) => {
    wilsonInterval(successes, trials, confidence).forEach((bound, i) => {
      expect(bound).toBeCloseTo(wilson[i], 11);
    });
    clopperPearsonInterval(successes, trials, confidence).forEach((bound, i) => {
      expect(bound).toBeCloseTo(exact[i], 11);
    });
  });

  it('refuse impossible counts', () => {
    expect(() => wilsonInterval(3, 2)).toThrow(RangeError);
    expect(() => wilsonInterval(0, 0)).toThrow(RangeError);
    expect(() => clopperPearsonInterval(-1, 2)).toThrow(RangeError);
  });
});

describe('Garwood’s interval for a Poisson mean, against chi-squared quantiles of SciPy', () => {
  it.each([
    [0, 0.95, 0, 3.6888794541139354],
    [1, 0.95, 0.025317807984289897, 5.571643390938898],
    [12, 0.9, 6.924212513585112, 19.442569329915028],
    [2991, 0.95, 2884.7597740604233, 3100.152404153689],
  ])('count %i at confidence %f', (count, confidence, low, high) => {
    const interval = garwoodInterval(count, confidence);
    expect(interval[0]).toBeCloseTo(low, 8);
    expect(interval[1]).toBeCloseTo(high, 8);
  });

  it('refuses a count that is not whole', () => {
    expect(() => garwoodInterval(1.5)).toThrow(RangeError);
  });
});

describe('exact intervals at large counts and high confidence, against mpmath', () => {
  it('are right to 1e-12', () => {
    expect(golden.garwood.length + golden.clopperPearson.length).toBeGreaterThan(15);
    for (const [count, confidence, low, high] of golden.garwood) {
      const interval = garwoodInterval(count, confidence);
      expectDigits(interval[0], low, `low of ${count} at ${confidence}`);
      expectDigits(interval[1], high, `high of ${count} at ${confidence}`);
    }
    for (const [successes, trials, confidence, low, high] of golden.clopperPearson) {
      const interval = clopperPearsonInterval(successes, trials, confidence);
      expectDigits(interval[0], low, `low of ${successes} in ${trials} at ${confidence}`);
      expectDigits(interval[1], high, `high of ${successes} in ${trials} at ${confidence}`);
    }
  });
});
