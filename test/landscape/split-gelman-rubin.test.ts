import { describe, expect, it } from 'vitest';
import { splitGelmanRubin } from '../../src/landscape/split-gelman-rubin.ts';
import { createRandom } from '../../src/numerics/random.ts';

function chain(label: string, mean: (draw: number) => number): Float64Array {
  const rng = createRandom(label);
  return Float64Array.from({ length: 1000 }, (_, draw) => mean(draw) + rng.normal());
}

describe('split R̂', () => {
  it('is near 1 for draws of one distribution', () => {
    const chains = ['a', 'b', 'c', 'd'].map((label) => chain(label, () => 5));
    expect(Math.abs(splitGelmanRubin(chains)! - 1)).toBeLessThan(0.01);
  });

  it('is √(1 + variance between halves/variance within) of chains that differ, or drift', () => {
    const apart = splitGelmanRubin([chain('a', () => 0), chain('b', () => 2)])!;
    // Means 0, 0, 2, 2: their variance is 4/3.
    expect(Math.abs(apart - Math.sqrt(1 + 4 / 3))).toBeLessThan(0.06);
    const drifting = splitGelmanRubin(['a', 'b'].map((label) => chain(label, (draw) => draw / 250)))!;
    expect(drifting).toBeGreaterThan(1.4);
  });

  it('is by hand what the formula gives, the middle draw of an odd number left out', () => {
    // Halves [0, 2] and [4, 6]: means 1 and 5, variance between 8, within 2.
    expect(splitGelmanRubin([Float64Array.of(0, 2, 100, 4, 6)])).toBeCloseTo(Math.sqrt(0.5 + 8 / 2), 12);
  });

  it('is not defined where nothing moves', () => {
    expect(splitGelmanRubin([new Float64Array(8).fill(3)])).toBeNull();
  });
});
