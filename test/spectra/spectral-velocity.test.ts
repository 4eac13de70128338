import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spectralVelocity } from '../../src/spectra/spectral-velocity.ts';

describe('spectral velocity', () => {
  it('is the log of the relative distance of the singular values', () => {
    const result = spectralVelocity(Float64Array.of(3, 4), Float64Array.of(3, 4.5));
    expect(result.determined && result.value).toBeCloseTo(Math.log(0.1), 14);
  });

  it('says that nothing moved, or that there was nothing to move, instead of an infinity', () => {
    const same = Float64Array.of(2, 1);
    expect(spectralVelocity(same, same)).toEqual({ determined: false, reason: 'no movement' });
    expect(spectralVelocity(new Float64Array(2), same)).toMatchObject({ determined: false });
    expect(spectralVelocity(new Float64Array(0), new Float64Array(0))).toMatchObject({ determined: false });
  });

  it('does not depend on the unit of the activations, however large or small', () => {
    const sigma = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 3, maxLength: 6 });
    fc.assert(
      fc.property(sigma, sigma, fc.constantFrom(1e-160, 1e-3, 1e160), (a, b, unit) => {
        const n = Math.min(a.length, b.length);
        const [before, after] = [a, b].map((s) => Float64Array.from(s.slice(0, n).sort((x, y) => y - x)));
        const scaled = [before, after].map((s) => s.map((value) => value * unit));
        const [here, there] = [spectralVelocity(before, after), spectralVelocity(scaled[0], scaled[1])];
        expect(there.determined).toBe(here.determined);
        if (here.determined && there.determined) expect(there.value).toBeCloseTo(here.value, 9);
      }),
    );
  });
});
