import { describe, expect, it } from 'vitest';
import { latticeOf } from '../../../src/detectors/local-cubic/lattice.ts';
import { withoutSpikes } from '../../../src/detectors/local-cubic/spikes.ts';
import { createRandom } from '../../../src/numerics/random.ts';

describe('the lattice of rounding', () => {
  it('is the smallest distance between values', () => {
    expect(latticeOf(Float64Array.of(0.25, 1.5, 0.25, 1, 2))).toEqual({ spacing: 0.5, distinct: 4 });
  });

  it('is never finer than float64 at the largest value', () => {
    const values = Float64Array.of(0.1, 1000.1, 0.1 + 2 ** -50);
    expect(latticeOf(values).spacing).toBe(2 ** (9 - 52));
  });

  it('is that of float32 where every value is one', () => {
    const values = Float64Array.from([1.1, 2.7, 3.9, 3.9 + 2 ** -30], Math.fround);
    expect(latticeOf(values).spacing).toBeGreaterThanOrEqual(2 ** (1 - 23));
    expect(latticeOf(Float64Array.of(3)).spacing).toBe(2 ** (1 - 23));
  });

  it('exists for nothing and for zeros', () => {
    expect(latticeOf(new Float64Array(0))).toEqual({ spacing: 0, distinct: 0 });
    expect(latticeOf(new Float64Array(3))).toEqual({ spacing: 0, distinct: 1 });
  });
});

describe('spikes', () => {
  const rng = createRandom('spikes');
  const noise = Float64Array.from({ length: 200 }, () => rng.normal());

  it('are replaced by the local median, and nothing else is', () => {
    const spiked = noise.with(50, 15).with(120, -12);
    const cleaned = withoutSpikes(spiked);
    const changed = [...cleaned.keys()].filter((t) => cleaned[t] !== spiked[t]);
    expect(changed).toEqual([50, 120]);
    expect(Math.abs(cleaned[50])).toBeLessThan(2);
  });

  it('are not seen in a step: its two sides keep their levels', () => {
    const cleaned = withoutSpikes(noise.map((value, t) => value + (t >= 100 ? 20 : 0)));
    expect(cleaned.subarray(0, 100).every((value) => value < 5)).toBe(true);
    expect(cleaned.subarray(100).every((value) => value > 15)).toBe(true);
  });

  it('are left alone where the scale is not known', () => {
    const flat = new Float64Array(50).with(20, 1);
    expect(withoutSpikes(flat)).toEqual(flat);
  });
});
