import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fourier, inverseFourier } from '../../src/numerics/fourier.ts';
import { phaseRandomized } from '../../src/numerics/phase-randomized.ts';
import { createRandom } from '../../src/numerics/random.ts';

const numbers = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 70 });
const real = (values: ArrayLike<number>) => ({
  re: Float64Array.from(values),
  im: new Float64Array(values.length),
});

describe('the Fourier transform', () => {
  it('is that of NumPy for an odd length', () => {
    // np.fft.fft(values) (NumPy 1.24.2)
    const { re, im } = fourier(real([0.3, -1.2, 2.5, 0.7, -0.4, 1.9, -2.2]));
    const expectedRe = [1.6, -3.0692480960982036, -2.7206449027615554, 6.039892998859759];
    const expectedIm = [0, -1.8440603428064384, 0.14541696200354393, -1.0372055530367463];
    for (let k = 0; k < 4; k++) {
      expect(re[k]).toBeCloseTo(expectedRe[k], 12);
      expect(im[k]).toBeCloseTo(expectedIm[k], 12);
    }
  });

  it('is its definition for every length', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const n = values.length;
        const { re, im } = fourier(real(values));
        for (let k = 0; k < n; k++) {
          const angle = (t: number) => (2 * Math.PI * ((k * t) % n)) / n;
          const cosines = values.reduce((sum, value, t) => sum + value * Math.cos(angle(t)), 0);
          const sines = values.reduce((sum, value, t) => sum - value * Math.sin(angle(t)), 0);
          expect(Math.abs(re[k] - cosines)).toBeLessThan(1e-9);
          expect(Math.abs(im[k] - sines)).toBeLessThan(1e-9);
        }
      }),
    );
  });

  it('is undone by its inverse', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const back = inverseFourier(fourier(real(values)));
        values.forEach((value, t) => {
          expect(Math.abs(back.re[t] - value)).toBeLessThan(1e-10);
          expect(Math.abs(back.im[t])).toBeLessThan(1e-10);
        });
      }),
    );
  });
});

describe('a phase-randomized surrogate', () => {
  it('has the periodogram of the original, and other values', () => {
    for (const n of [64, 399]) {
      const rng = createRandom(n);
      const values = Float64Array.from({ length: n }, () => rng.normal());
      const surrogate = phaseRandomized(values, rng);
      const before = fourier(real(values));
      const after = fourier(real(surrogate));
      for (let k = 0; k < n; k++) {
        expect(Math.hypot(after.re[k], after.im[k])).toBeCloseTo(Math.hypot(before.re[k], before.im[k]), 9);
      }
      expect(after.re[0]).toBeCloseTo(before.re[0], 9);
      expect(surrogate.some((value, t) => Math.abs(value - values[t]) > 0.5)).toBe(true);
    }
  });
});
