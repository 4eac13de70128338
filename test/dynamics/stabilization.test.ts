import { describe, expect, it } from 'vitest';
import { stabilization, stabilizationInWords, stabilizationOf } from '../../src/dynamics/stabilization.ts';
import { describeCurve } from '../../src/dynamics/stretches/describe-curve.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { noisyCurve, ramp } from './stretches/curves.ts';

const seriesOf = (values: Float64Array) => ({ steps: Float64Array.from(values, (_, i) => 5 * i), values });

describe('stabilization', () => {
  it('is what the description of the curve says of it: there is one definition', () => {
    const series = seriesOf(noisyCurve(400, (i) => 17 - 13 * ramp(0, 40)(i), 0.1, 'settles'));
    const curve = describeCurve(series);
    expect(stabilization(series)).toEqual(curve.described && curve.stabilization);
    expect(stabilizationOf(curve)).toEqual(stabilization(series));
    expect(stabilization(series)).toMatchObject({ status: 'stabilized' });
  });

  it('calls no layer of 40 measurements constant that goes from 13.6 to 3.6, whatever its noise', () => {
    for (const [seed, sd] of [0.1, 0.4, 0.8, 1.2].entries()) {
      const falling = noisyCurve(40, (i) => 13.6 - 10 * ramp(0, 12)(i), sd, seed);
      expect(stabilization(seriesOf(falling)).status).not.toBe('constant');
      expect(stabilizationInWords(stabilization(seriesOf(falling)))).not.toContain('constant');
    }
  });

  it('is not reached in the middle of a collapse: 6.8, then 4.1, at the end 5.1', () => {
    const level = (i: number) => 6.8 - 2.7 * ramp(0, 12)(i) + ramp(60, 80)(i);
    for (let seed = 0; seed < 10; seed++) {
      const found = stabilization(seriesOf(noisyCurve(400, level, 0.03, `collapse ${seed}`)));
      if (found.status !== 'stabilized') throw new Error(found.status);
      // Within a tenth of the range of 5.1 the recovery comes near measurement 118.
      expect(found.step).toBeGreaterThanOrEqual(5 * 100);
    }
  });

  it('is reached although the last 1,000 steps go from 2.96 to 2.93', () => {
    const level = (i: number) => 5 - 2.04 * ramp(0, 60)(i) - 0.03 * ramp(200, 199)(i);
    const found = stabilization(seriesOf(noisyCurve(400, level, 0.004, 'creeps')));
    expect(found.status).toBe('stabilized');
    expect(stabilizationInWords(found)).toMatch(/^within ±0\.21 of its end from step 2\d\d \[\d+, \d+\] on$/);
  });

  it('names no step where its interval is wider than half of the training until then', () => {
    const step = { index: 200, step: 1000, interval: [400, 1900] } as const;
    const end = { endValue: 1, band: 0.123, furthest: 2 };
    expect(stabilizationInWords({ status: 'stabilized', ...step, ...end })).toBe(
      'within ±0.12 of its end from some step of 400–1,900 on',
    );
    expect(stabilizationInWords({ status: 'stabilized', ...step, ...end, interval: [990, 1100] })).toBe(
      'within ±0.12 of its end from step 1,000 [990, 1,100] on',
    );
  });

  it('takes the mean of the last tenth for the end, wherever wander is taken to end', () => {
    const rng = createRandom('end');
    let slow = 0;
    for (let seed = 0; seed < 20; seed++) {
      const values = Float64Array.from({ length: 400 }, (_, i) => {
        slow = 0.98 * slow + 0.2 * rng.normal();
        return 3 * ramp(0, 200)(i) + slow + 0.1 * rng.normal();
      });
      const curve = describeCurve(seriesOf(values));
      if (!curve.described || !('endValue' in curve.stabilization)) continue;
      const since = curve.stretches.findLast(({ kind }) => kind === 'rise' || kind === 'fall')?.to.index ?? 0;
      if (since > 360) continue;
      const mean = values.subarray(-40).reduce((sum, value) => sum + value, 0) / 40;
      expect(curve.stabilization.endValue).toBeCloseTo(mean, 1);
    }
  });

  it('has a reason and a bound where there is no such step', () => {
    const words = (values: Float64Array) => stabilizationInWords(stabilization(seriesOf(values)));
    expect(words(noisyCurve(400, (i) => i / 4, 0.1, 'rises'))).toBe('not yet: still rising at the end');
    expect(words(noisyCurve(400, () => 10, 1, 'noisy'))).toMatch(
      /^no movement told from its noise: range at most \d/,
    );
    expect(words(new Float64Array(400).fill(3))).toBe('constant: range at most 0');
    expect(words(new Float64Array(5))).toBe('not determined: 5 measurements; at least 12 are needed');
  });
});
