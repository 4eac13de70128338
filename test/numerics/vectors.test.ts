import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/numerics/random.ts';
import {
  addMultiple,
  direction,
  dot,
  norm,
  randomDirection,
  randomSigns,
} from '../../src/numerics/vectors.ts';

describe('vectors', () => {
  it('are multiplied and added in place', () => {
    const a = Float64Array.of(1, 2, 3);
    expect(dot(a, Float64Array.of(4, -5, 6))).toBe(12);
    addMultiple(a, 2, Float64Array.of(1, 0, -1));
    expect(a).toEqual(Float64Array.of(3, 2, 1));
  });

  it.each([
    [[3, -4], 5],
    [[], 0],
    [[0, 0], 0],
    [[3e200, 4e200], 5e200],
    [[3e-200, 4e-200], 5e-200],
    [[1, Number.NEGATIVE_INFINITY], Number.POSITIVE_INFINITY],
    [[Number.NaN, 1], Number.NaN],
    [[1, Number.NaN], Number.NaN],
    [[Number.POSITIVE_INFINITY, Number.NaN], Number.NaN],
  ])('of %j have norm %d', (values, expected) => {
    const found = norm(Float64Array.from(values));
    if (Number.isFinite(expected)) expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-15 * expected);
    else expect(found).toBe(expected);
  });

  it('have directions of norm 1, random ones evenly spread', () => {
    expect(direction(Float64Array.of(0, -2))).toEqual(Float64Array.of(0, -1));
    const rng = createRandom(1);
    const draws = Array.from({ length: 2000 }, () => randomDirection(3, rng));
    for (const v of draws) expect(norm(v)).toBeCloseTo(1, 12);
    for (const axis of [0, 1, 2]) {
      const squares = draws.reduce((sum, v) => sum + v[axis] ** 2, 0) / draws.length;
      expect(Math.abs(squares - 1 / 3)).toBeLessThan(0.03);
    }
    const signs = randomSigns(4000, createRandom(2));
    expect(signs.every((sign) => Math.abs(sign) === 1)).toBe(true);
    expect(Math.abs(signs.reduce((sum, sign) => sum + sign, 0))).toBeLessThan(4 * Math.sqrt(4000));
  });
});
