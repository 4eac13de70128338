import { describe, expect, it } from 'vitest';
import { acquisitions } from '../../../src/mechanisms/classes/acquisition.ts';

const curve = (accuracy: readonly (number | null)[]) => ({
  steps: accuracy.map((_, i) => 10 * i),
  accuracy,
});

describe('when a class is acquired and forgotten', () => {
  it('is where the curve crosses the level and stays', () => {
    expect(acquisitions(curve([0, 0.2, 0.7, 0.8, 0.9]))).toEqual([
      { acquired: 20, notBefore: 10, forgotten: null },
    ]);
    expect(acquisitions(curve([0, 0.6, 0.7, 0.3, 0.2, 0.1, 0.8, 0.9]))).toEqual([
      { acquired: 10, notBefore: 0, forgotten: 30 },
      { acquired: 60, notBefore: 50, forgotten: null },
    ]);
  });

  it('is not a single measurement, up or down, nor noise about the level', () => {
    expect(acquisitions(curve([0, 0.9, 0.1, 0.1]))).toEqual([]);
    expect(acquisitions(curve([0.9, 0.9, 0.1, 0.9, 0.45, 0.48]))).toEqual([
      { acquired: 0, notBefore: null, forgotten: null },
    ]);
  });

  it('leaves out measurements without a value, and never calls a class acquired that is not', () => {
    expect(acquisitions(curve([0, null, 0.8, Number.NaN, 0.9]))).toEqual([
      { acquired: 20, notBefore: 0, forgotten: null },
    ]);
    expect(acquisitions(curve([0.1, 0.2, 0.3]))).toEqual([]);
    expect(acquisitions(curve([]))).toEqual([]);
  });

  it('has a level, a margin and a persistence to choose', () => {
    const found = acquisitions(curve([0, 0.3, 0.1, 0.3]), { level: 0.25, margin: 0, persistence: 1 });
    expect(found).toEqual([
      { acquired: 10, notBefore: 0, forgotten: 20 },
      { acquired: 30, notBefore: 20, forgotten: null },
    ]);
    expect(() => acquisitions(curve([0]), { level: 0 })).toThrow(/level is 0/);
    expect(() => acquisitions(curve([0]), { margin: 0.7 })).toThrow(/margin/);
    expect(() => acquisitions(curve([0]), { persistence: 0 })).toThrow(/persistence/);
    expect(() => acquisitions({ steps: [0], accuracy: [] })).toThrow(/one per step/);
  });
});
