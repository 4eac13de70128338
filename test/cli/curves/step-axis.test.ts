import { describe, expect, it } from 'vitest';
import { stepAxis } from '../../../src/cli/curves/step-axis.ts';

const steps = Array.from({ length: 400 }, (_, i) => 5 * i);

describe('stepAxis', () => {
  it('gives the first measured step the left end and the last the right one', () => {
    for (const scale of ['log', 'linear'] as const) {
      const { placeOf } = stepAxis(steps, scale);
      expect([placeOf(0), placeOf(1995)]).toEqual([0, 1]);
    }
  });

  it('gives early steps more room on the logarithmic scale', () => {
    expect(stepAxis(steps, 'linear').placeOf(50)).toBeCloseTo(50 / 1995, 12);
    // asinh(50 / 5) / asinh(1995 / 5)
    expect(stepAxis(steps, 'log').placeOf(50)).toBeCloseTo(2.99822 / 6.68212, 4);
  });

  it('writes ends and powers of ten first, and no label over another', () => {
    const [line, labels] = stepAxis(steps, 'log').draw(60);
    expect(line).toHaveLength(60);
    expect(labels).toMatch(/^0 .*\b10 .*\b100 .*\b1000 +1995$/);
    expect(line.match(/┴/g)).toHaveLength(labels.split(/ +/).length);
  });

  it('counts up evenly on the linear scale', () => {
    expect(stepAxis(steps, 'linear').draw(60)[1]).toMatch(/^0 +500 +1000 +1500 +1995$/);
  });

  it('has a place for a single measurement', () => {
    expect(stepAxis([700], 'log').placeOf(700)).toBe(0);
    expect(stepAxis([700], 'log').draw(20)[1]).toBe('700');
  });
});
