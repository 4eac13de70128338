import { describe, expect, it } from 'vitest';
import { noiseCurve } from '../../../../src/dynamics/stretches/noise/noise-curve.ts';
import { evidenceIn } from '../../../../src/dynamics/stretches/windows/evidence.ts';
import { windowScales, windowsOf } from '../../../../src/dynamics/stretches/windows/scale-windows.ts';
import { movedTail, thresholdAt } from '../../../../src/dynamics/stretches/windows/thresholds.ts';
import { createRandom } from '../../../../src/numerics/random.ts';

describe('rounding', () => {
  it('does not make movement, however wide the windows', () => {
    const rng = createRandom('rounding');
    for (const [n, step] of [
      [4000, 0],
      [4000, 1e6],
    ]) {
      const values = Float64Array.from({ length: n }, (_, i) => {
        const level = i < 100 ? 10 / 3 : 10 / 3 + step;
        return level * (1 + rng.integer(3) * 2 ** -52);
      });
      const { rising, falling } = movedIn(values);
      expect(rising.length + falling.length).toBeLessThanOrEqual(step === 0 ? 0 : 20);
      expect(falling).toEqual([]);
    }
  });
});

function movedIn(values: Float64Array) {
  const n = values.length;
  const noise = noiseCurve(values);
  const scales = windowScales(n).map((scale) => windowsOf(noise, scale));
  return evidenceIn(scales, n, { moved: thresholdAt(0.001, movedTail(n)), directed: 0 }).moved;
}
