import { describe, expect, it } from 'vitest';
import { waldStatistics } from '../../../src/detectors/mosum/wald-statistics.ts';
import { fitSegment, jumpIsLarger, meetingOf } from '../../../src/detectors/segmentation/segment-fit.ts';
import { createRandom } from '../../../src/numerics/random.ts';

const rng = createRandom('lines');
const noise = Float64Array.from({ length: 60 }, () => 3 + rng.normal());
/** Dense early, sparse late. */
const uneven = noise.map((_, i) => (i < 30 ? i : 30 + 7 * (i - 30)) + 0.3 * Math.sin(i));

describe('Wald statistics of neighboring lines', () => {
  it('are exact where the series is two lines', () => {
    // 1 + 2i up to 9, then 50 − i.
    const values = Float64Array.from({ length: 24 }, (_, i) => (i < 10 ? 1 + 2 * i : 50 - i));
    const { first, gains, deviations } = waldStatistics(values, 8);
    expect(first).toBe(8);
    expect(gains.length).toBe(24 - 16 + 1);
    expect(deviations[2]).toBeCloseTo(0, 9);
    expect(deviations[0]).toBeGreaterThan(1);
  });

  it.each([
    ['evenly', undefined],
    ['unevenly', uneven],
  ])('are jump and bend over their covariance, measured %s', (_, positions) => {
    const bandwidth = 13;
    const { first, gains, deviations } = waldStatistics(noise, bandwidth, positions);
    const at = (i: number): number => positions?.[i] ?? i;
    for (let p = 0; p < gains.length; p += 5) {
      const cut = first + p;
      const left = leastSquares(noise, cut - bandwidth, cut, at);
      const right = leastSquares(noise, cut, cut + bandwidth, at);
      expect(deviations[p]).toBeCloseTo(left.deviations + right.deviations, 8);
      // The difference of both parameters, over the sum of their covariances: (XᵀX)⁻¹ of either line.
      const [a, b] = [right.a - left.a, right.b - left.b];
      const [aa, ab, bb] = [0, 1, 2].map((k) => left.covariance[k] + right.covariance[k]);
      const wald = (bb * a * a - 2 * ab * a * b + aa * b * b) / (aa * bb - ab * ab);
      expect(gains[p] / wald).toBeCloseTo(1, 8);
    }
  });
});

describe('where two lines meet', () => {
  it('jump and bend are what they are, whatever the spacing', () => {
    for (const positions of [undefined, uneven]) {
      const at = (i: number): number => positions?.[i] ?? i;
      const values = noise.map((_, i) => (i < 30 ? 2 * at(i) : 5 - at(i)));
      const meet = (at(29) + at(30)) / 2;
      const meeting = meetingOf(
        fitSegment(values, 0, 30, positions),
        fitSegment(values, 30, 60, positions),
        meet,
      );
      expect(meeting.jump).toBeCloseTo(5 - meet - 2 * meet, 9);
      expect(meeting.bend).toBeCloseTo(-3, 10);
      expect(jumpIsLarger(meeting)).toBe(
        meeting.jump ** 2 / meeting.jumpVariance >= 9 / meeting.bendVariance,
      );
    }
  });

  it('they vary as stated', () => {
    // Each is linear in the values: unit impulses read off its weights.
    for (const positions of [undefined, uneven.subarray(0, 18)]) {
      const at = (i: number): number => positions?.[i] ?? i;
      const meetingFor = (values: Float64Array) =>
        meetingOf(
          fitSegment(values, 0, 9, positions),
          fitSegment(values, 9, 18, positions),
          (at(8) + at(9)) / 2,
        );
      let [jumps, bends] = [0, 0];
      for (let i = 0; i < 18; i++) {
        const { jump, bend } = meetingFor(new Float64Array(18).with(i, 1));
        jumps += jump * jump;
        bends += bend * bend;
      }
      const { jumpVariance, bendVariance } = meetingFor(new Float64Array(18));
      expect(jumpVariance / jumps).toBeCloseTo(1, 10);
      expect(bendVariance / bends).toBeCloseTo(1, 10);
    }
  });
});

function leastSquares(values: Float64Array, start: number, end: number, at: (i: number) => number) {
  let [m, sx, sy, sxx, sxy] = [0, 0, 0, 0, 0];
  for (let i = start; i < end; i++) {
    m += 1;
    sx += at(i);
    sy += values[i];
    sxx += at(i) ** 2;
    sxy += at(i) * values[i];
  }
  const determinant = m * sxx - sx * sx;
  const b = (m * sxy - sx * sy) / determinant;
  const a = (sy - b * sx) / m;
  let deviations = 0;
  for (let i = start; i < end; i++) deviations += (values[i] - a - b * at(i)) ** 2;
  return { a, b, deviations, covariance: [sxx / determinant, -sx / determinant, m / determinant] };
}
