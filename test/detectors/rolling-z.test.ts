import { describe, expect, it } from 'vitest';
import { rollingZ } from '../../src/detectors/rolling-z.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { noisy, steps } from '../dynamics/planted-series.ts';

describe('the rolling z rule', () => {
  it('compares each measurement with those in the window before it', () => {
    // Before index 20: ten times −1 and ten times 1, so mean 0 and sd 1.
    const values = Float64Array.from({ length: 22 }, (_, i) => (i === 20 ? 3.5 : i % 2 === 0 ? -1 : 1));
    expect(rollingZ({ steps: steps.slice(0, 22), values })).toEqual({
      testable: true,
      changes: [
        {
          index: 20,
          step: 100,
          interval: [95, 100],
          kind: 'level',
          direction: 'increase',
          effect: 3.5,
          magnitude: 3.5,
          pValue: null,
        },
      ],
      tested: [100, 105],
    });
  });

  it('marks most series of white noise somewhere: it has no error control', () => {
    const rng = createRandom('no control');
    const marked = Array.from({ length: 100 }, (_, trial) => {
      const detection = rollingZ({ steps, values: noisy(() => 0, 1, rng.fork(trial)) });
      return detection.testable && detection.changes.length > 0;
    });
    expect(marked.filter(Boolean).length).toBeGreaterThan(75);
  });

  it('passes over windows that do not vary', () => {
    const values = Float64Array.from(steps, (_, i) => (i < 100 ? 1 : 2));
    const detection = rollingZ({ steps, values });
    expect(detection.testable && detection.changes[0].index).toBe(101);
  });
});
