import { describe, expect, it } from 'vitest';
import { defaultDetector, detectorNamed, detectors } from '../../src/dynamics/detectors.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { measurements, noisy, steps } from './planted-series.ts';

describe.each(Object.entries(detectors))('detector %s', (_, detect) => {
  it('says of constant, short and incomplete series that they cannot be tested', () => {
    const gap = noisy(() => 0, 1, createRandom('gap'));
    gap[7] = Number.NaN;
    for (const values of [new Float64Array(measurements).fill(3), gap]) {
      expect(detect({ steps, values })).toMatchObject({ testable: false, reason: expect.any(String) });
    }
    expect(detect({ steps: steps.slice(0, 2), values: Float64Array.of(0, 1) })).toMatchObject({
      testable: false,
    });
    expect(detect({ steps: new Float64Array(0), values: new Float64Array(0) })).toMatchObject({
      testable: false,
    });
  });

  it('finds a step of 8 noise units where it is, at its true training step', () => {
    const values = noisy((i) => (i < 220 ? 0 : 8), 1, createRandom('step'));
    const detection = detect({ steps, values });
    if (!detection.testable) throw new Error(detection.reason);
    const hit = detection.changes.find(({ index }) => Math.abs(index - 220) <= 1);
    expect(hit).toMatchObject({ direction: 'increase', kind: 'level' });
    for (const { index, step, interval, magnitude } of detection.changes) {
      expect(step).toBe(steps[index]);
      expect(interval[0]).toBeLessThanOrEqual(step);
      expect(interval[1]).toBeGreaterThanOrEqual(step);
      expect(magnitude).toBeGreaterThan(0);
    }
  });

  it('gives the same answer twice and leaves the series alone', () => {
    const values = noisy((i) => (i < 220 ? 0 : 5), 1, createRandom('twice'));
    const before = values.slice();
    expect(detect({ steps, values })).toEqual(detect({ steps, values }));
    expect(values).toEqual(before);
  });
});

describe('the registry of detectors', () => {
  it('knows its default, and suggests the name that was meant', () => {
    expect(detectorNamed(defaultDetector)).toBe(detectors[defaultDetector]);
    expect(() => detectorNamed('roling-z')).toThrow('did you mean rolling-z?');
    expect(() => detectorNamed('toString')).toThrow('detector is "toString"');
  });
});
