import { describe, expect, it } from 'vitest';
import { runningRms } from '../../src/numerics/running-rms.ts';

describe('the running root mean square', () => {
  it('is taken over the part of the window that exists', () => {
    const found = runningRms(Float64Array.of(3, 4, 0), 1);
    expect(Array.from(found)).toEqual([Math.sqrt(25 / 2), Math.sqrt(25 / 3), Math.sqrt(16 / 2)]);
  });

  it('is never undefined, though sums round', () => {
    const found = runningRms(Float64Array.of(1e8, 1e-9, 1e-9, 1e-9, 0, 0, 0), 1);
    expect(found.every((value) => value >= 0)).toBe(true);
  });
});
