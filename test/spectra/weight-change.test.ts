import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { weightChange } from '../../src/spectra/weight-change.ts';

const weights = (...values: number[]): Float32Array => Float32Array.from(values);
const numberIn = (entry: { determined: boolean; value?: number }): number => entry.value ?? Number.NaN;

describe('weightChange', () => {
  it('is the length of the difference beside that of the start, and the angle between both', () => {
    // NumPy: a = array([3, 4.]); b = array([0, 4.]); norm(b − a) / norm(a), a @ b / (norm(a) · norm(b))
    const { relative, cosine, ...moved } = weightChange(weights(3, 4), weights(0, 4));
    expect(moved).toEqual({ l2: 3, max: 3, mean: 1.5 });
    expect(relative).toEqual({ determined: true, value: 0.6 });
    expect(cosine).toEqual({ determined: true, value: 0.8 });
  });

  it('is nothing, and no turn, for weights that stayed', () => {
    const { relative, cosine } = weightChange(weights(0.1, -0.7, 3e-20), weights(0.1, -0.7, 3e-20));
    expect(relative).toEqual({ determined: true, value: 0 });
    expect(numberIn(cosine)).toBeCloseTo(1, 15);
  });

  it('does not depend on the scale, and its cosine not on the lengths', () => {
    const vector = fc.array(fc.float({ min: 1, max: 9, noNaN: true }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(vector, vector, (a, b) => {
        const once = weightChange(weights(...a), weights(...b));
        const scaled = weightChange(weights(...a.map((x) => 4 * x)), weights(...b.map((x) => 4 * x)));
        expect([scaled.relative, scaled.cosine]).toEqual([once.relative, once.cosine]);
        expect([scaled.l2, scaled.max, scaled.mean]).toEqual([4 * once.l2, 4 * once.max, 4 * once.mean]);
        const longer = weightChange(weights(...a), weights(...b.map((x) => 4 * x)));
        expect(numberIn(longer.cosine)).toBeCloseTo(numberIn(once.cosine), 14);
      }),
    );
  });

  it('says that it has no measure where everything was zero', () => {
    const { relative, cosine } = weightChange(weights(0, 0), weights(1, 0));
    expect(relative).toEqual({ determined: false, reason: 'the weights were all zero' });
    expect(cosine.determined).toBe(false);
    expect(weightChange(weights(1, 0), weights(0, 0))).toMatchObject({
      relative: { determined: true, value: 1 },
      cosine: { determined: false, reason: 'the weights are all zero' },
    });
  });

  it('refuses weights of different number', () => {
    expect(() => weightChange(weights(1), weights(1, 2))).toThrow(/1 weights cannot be compared with 2/);
  });
});
