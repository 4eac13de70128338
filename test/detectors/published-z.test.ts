import { describe, expect, it } from 'vitest';
import { publishedZ } from '../../src/detectors/published-z.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { noisy, steps } from '../dynamics/planted-series.ts';

describe('the published z rule', () => {
  it('gives NumPy’s z of every difference', () => {
    const values = Float64Array.of(3.1, -2.0, 0.5, 7.25, 3.1, -9.75, 4.0, 0.5, 0.5, 12.0);
    const detection = publishedZ({ steps: steps.slice(0, 10), values }, { threshold: 0 });
    if (!detection.testable) throw new Error(detection.reason);
    const z = [
      0.7552796236060083, 0.18744165841316995, 0.7146213227002105, 0.6374394633536111, 1.7166072467176705,
      1.5829172403494536, 0.5568119852861814, 0.12266402646155976, 1.303822123962197,
    ];
    expect(detection.changes.map(({ effect }) => effect)).toEqual(
      z.map((value) => expect.closeTo(value, 13)),
    );
    expect(detection.changes[4]).toMatchObject({
      index: 5,
      step: 25,
      interval: [20, 25],
      direction: 'decrease',
    });
    expect(detection.changes[4].magnitude).toBeCloseTo(12.85, 14);
  });

  it('marks some 4.5 % of the steps of white noise: it has no error control', () => {
    const rng = createRandom('no control');
    const found = Array.from({ length: 100 }, (_, trial) => {
      const detection = publishedZ({ steps, values: noisy(() => 0, 1, rng.fork(trial)) });
      return detection.testable ? detection.changes.length : 0;
    });
    const share = found.reduce((a, b) => a + b) / (100 * 399);
    expect(share).toBeGreaterThan(0.04);
    expect(share).toBeLessThan(0.05);
  });
});
