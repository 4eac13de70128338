import { describe, expect, it } from 'vitest';
import { LEVELS } from '../../../../src/dynamics/stretches/windows/threshold-tables.ts';
import {
  directedTail,
  movedTail,
  pooledTail,
  pValueOf,
  repeated,
  thresholdAt,
} from '../../../../src/dynamics/stretches/windows/thresholds.ts';

describe('thresholds', () => {
  it('and p-values are inverse to each other, at every length', () => {
    for (const n of [12, 15, 40, 77, 399, 4000, 100_000]) {
      for (const tail of [movedTail(n), directedTail(n), pooledTail(n), repeated(movedTail(n), 6)]) {
        for (const alpha of [0.2, 0.13, 0.05, 0.011, 1e-3, 1e-5]) {
          expect(pValueOf(thresholdAt(alpha, tail), tail)).toBeCloseTo(alpha, 12);
        }
        expect(pValueOf(1e9, tail)).toBe(1e-6);
        expect(pValueOf(Number.NEGATIVE_INFINITY, tail)).toBe(1);
        for (const [k] of LEVELS.slice(1).entries()) {
          expect(tail.thresholds[k + 1]).toBeGreaterThan(tail.thresholds[k]);
        }
      }
    }
  });
});
