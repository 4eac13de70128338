import { expect, test } from 'vitest';
import { noiseModel, whiten } from '../../../src/detectors/local-cubic/noise-model.ts';
import { quietNoise } from '../../../src/detectors/local-cubic/quiet-noise.ts';
import { quantile } from '../../../src/numerics/quantile.ts';
import { createRandom } from '../../../src/numerics/random.ts';

test.each([12, 60, 300])(
  'quiet noise is the 30 % quantile of the sizes of second differences around, over that of a normal one: n = %d',
  (n) => {
    const rng = createRandom(`quiet ${n}`);
    const values = Float64Array.from({ length: n }, (_, t) => rng.normal() * (t < n / 2 ? 1 : 5));
    for (const noise of [noiseModel(0.3, false), noiseModel(0.2, true)]) {
      const innovations = whiten(values.slice(), noise).subarray(noise.wandering ? 2 : 1);
      const bends = innovations
        .subarray(2)
        .map((last, s) => Math.abs(last - 2 * innovations[s + 1] + innovations[s]));
      const quiet = quietNoise(values, noise, 1e-9);
      for (let index = 0; index < n; index++) {
        const from = Math.min(Math.max(0, index - 60), Math.max(0, bends.length - 121));
        const size = quantile(bends.slice(from, from + 121), 0.3);
        expect(quiet(index)).toBe(size / 0.3853204664075676 / Math.sqrt(6));
      }
      expect(quietNoise(values, noise, 100)(3)).toBe(100);
    }
  },
);
