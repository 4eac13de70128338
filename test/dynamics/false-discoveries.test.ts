import { describe, expect, it } from 'vitest';
import type { Change, Detection } from '../../src/detectors/types.ts';
import { falseDiscoveryControl } from '../../src/dynamics/false-discoveries.ts';
import { createRandom } from '../../src/numerics/random.ts';

const change = (pValue: number | null): Change => ({
  index: 10,
  step: 50,
  interval: [45, 55],
  kind: 'level',
  direction: 'increase',
  effect: 4,
  magnitude: 1,
  pValue,
});
const series = (...pValues: (number | null)[]): Detection => ({
  testable: true,
  changes: pValues.map(change),
  tested: [0, 100],
});
const untestable: Detection = { testable: false, reason: 'wanders' };

describe('falseDiscoveryControl', () => {
  it("repeats Benjamini and Hochberg's worked example: 4 of 15 hypotheses at 5 %", () => {
    // Benjamini & Hochberg 1995, section 4.1: p-values of the myocardial infarction trial.
    const pValues = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
      0.759, 1,
    ];
    expect(
      falseDiscoveryControl(
        pValues.map((p) => series(p)),
        0.05,
      ),
    ).toMatchObject({
      determined: true,
      series: 15,
      threshold: (0.05 * 4) / 15,
      surviving: 4,
    });
  });

  it('counts tested series without a change, and no others', () => {
    const found = [series(0.01), ...Array.from({ length: 9 }, () => series())];
    expect(falseDiscoveryControl(found, 0.05)).toMatchObject({
      series: 10,
      changes: 1,
      surviving: 0,
      threshold: 0,
    });
    expect(falseDiscoveryControl([series(0.01), untestable, untestable], 0.05)).toMatchObject({
      series: 1,
      surviving: 1,
    });
  });

  it('lets every change of a series enter by its own p-value', () => {
    expect(falseDiscoveryControl([series(0.001, 0.2), series()], 0.05)).toMatchObject({
      changes: 2,
      surviving: 1,
    });
  });

  it('finds anything in at most 5 % of studies in which nothing changes', () => {
    const rng = createRandom('null studies');
    const studies = 2000;
    const invented = Array.from({ length: studies }, () => {
      const detections = Array.from({ length: 40 }, () => {
        const p = rng.uniform();
        return p <= 0.05 ? series(p) : series();
      });
      const control = falseDiscoveryControl(detections, 0.05);
      return control.determined && control.surviving > 0;
    }).filter(Boolean).length;
    expect(invented / studies).toBeLessThan(0.065);
    expect(invented).toBeGreaterThan(0);
  });

  it('says why it cannot be held', () => {
    expect(falseDiscoveryControl([untestable], 0.05)).toEqual({
      determined: false,
      reason: 'no series could be tested',
    });
    expect(falseDiscoveryControl([series(null)], 0.05)).toEqual({
      determined: false,
      reason: 'the detector gives no p-values',
    });
  });
});
