import { describe, expect, it } from 'vitest';
import type { Change, Detection } from '../../src/detectors/types.ts';
import { controlFalseDiscoveries } from '../../src/dynamics/false-discoveries.ts';

const change = (pValue: number | null): Change => ({
  index: 1,
  step: 1,
  interval: [1, 1],
  kind: 'level',
  direction: 'increase',
  effect: 1,
  magnitude: 1,
  pValue,
});
const found = (...pValues: (number | null)[]): Detection => ({
  testable: true,
  changes: pValues.map(change),
  tested: [0, 100],
});
const kept = (detections: Detection[], alpha: number) =>
  controlFalseDiscoveries(detections, alpha).map((detection) =>
    detection.testable ? detection.changes.map(({ pValue }) => pValue) : detection.reason,
  );

describe('changes across many series', () => {
  it('are kept as Benjamini and Hochberg select the series', () => {
    // Thresholds k·0.05/5: 0.01, 0.02, 0.03, …; 0.009 and 0.019 pass, 0.04 does not; level left inside: 2·0.05/5.
    expect(kept([found(0.009), found(0.019), found(0.04), found(), found()], 0.05)).toEqual([
      [0.009],
      [0.019],
      [],
      [],
      [],
    ]);
  });

  it('are kept within a selected series up to the share of series selected', () => {
    expect(kept([found(0.001, 0.024, 0.03), found()], 0.05)).toEqual([[0.001, 0.024], []]);
  });

  it('do not count series that could not be tested', () => {
    const refused: Detection = { testable: false, reason: 'constant' };
    expect(kept([found(0.04), refused, refused], 0.05)).toEqual([[0.04], 'constant', 'constant']);
  });

  it('need p-values', () => {
    expect(() => kept([found(null)], 0.05)).toThrow(/p-values/);
    expect(kept([], 0.05)).toEqual([]);
  });
});
