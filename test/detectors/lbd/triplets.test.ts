import { describe, expect, it } from 'vitest';
import { meetingPoints, tripletShapes } from '../../../src/detectors/lbd/triplets.ts';

describe('the triplets', () => {
  it.each([10, 57, 400, 100_000])('of %i measurements share out the error rate whole', (n) => {
    const shapes = tripletShapes(n);
    const spent = shapes.reduce((sum, shape) => sum + shape.share * meetingPoints(shape, n), 0);
    expect(spent).toBeCloseTo(1, 12);
    expect(shapes.every(({ share }) => share > 0)).toBe(true);
  });

  it('stay within the series, the last as near its end as their spacing allows', () => {
    for (const shape of tripletShapes(400)) {
      const { left, right, spacing } = shape;
      const lastEnd = (meetingPoints(shape, 400) - 1) * spacing + left + right;
      expect(lastEnd).toBeLessThanOrEqual(400);
      expect(lastEnd + spacing).toBeGreaterThan(400);
    }
  });

  it('ascend in length', () => {
    const lengths = tripletShapes(1000).map(({ left, right }) => left + right);
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
  });

  it('are about 20 per measurement, at any length', () => {
    for (const n of [1000, 100_000]) {
      const count = tripletShapes(n).reduce((sum, shape) => sum + meetingPoints(shape, n), 0);
      expect(count / n).toBeLessThan(30);
    }
  });
});
