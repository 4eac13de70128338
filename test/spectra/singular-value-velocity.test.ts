import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { singularValueVelocity } from '../../src/spectra/singular-value-velocity.ts';

const of = (before: number[], after: number[]): number => {
  const result = singularValueVelocity(Float64Array.from(before), Float64Array.from(after));
  return result.determined ? result.value : Number.NaN;
};

describe('the velocity of singular values', () => {
  it('is the mean log of the share by which each moves, small ones like large ones', () => {
    expect(of([4, 2], [4.4, 2.2])).toBeCloseTo(Math.log(0.1), 12);
    expect(of([4, 0.02], [4.4, 0.03])).toBeCloseTo((Math.log(0.1) + Math.log(0.5)) / 2, 12);
  });

  it('takes what does not move for what moves by the rounding of float32', () => {
    expect(of([4, 2], [4, 2])).toBeCloseTo((Math.log(1e-7) + Math.log(2e-7)) / 2, 12);
  });

  it('leaves out singular values that are rounding themselves', () => {
    expect(of([4, 2, 1e-7], [4.4, 2.2, 3e-7])).toBeCloseTo(Math.log(0.1), 12);
  });

  it('says why there is none', () => {
    expect(singularValueVelocity(new Float64Array(0), new Float64Array(0)).determined).toBe(false);
    expect(singularValueVelocity(new Float64Array(2), Float64Array.of(1, 1)).determined).toBe(false);
    expect(singularValueVelocity(Float64Array.of(2, 1), Float64Array.of(2)).determined).toBe(false);
    expect(singularValueVelocity(Float64Array.of(2, 1), Float64Array.of(Number.NaN, 1)).determined).toBe(
      false,
    );
    expect(singularValueVelocity(Float64Array.of(2, 1), Float64Array.of(1 / 0, 1)).determined).toBe(false);
  });

  it('does not depend on the unit of the activations', () => {
    const sigma = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(sigma, sigma, fc.constantFrom(1e-160, 1e-3, 1e160), (a, b, unit) => {
        const [before, after] = [a, b].map((s) => s.toSorted((x, y) => y - x));
        const scaled = [before, after].map((s) => s.map((value) => value * unit));
        expect(of(scaled[0], scaled[1])).toBeCloseTo(of(before, after), 6);
      }),
    );
  });
});
