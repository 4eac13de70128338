import { describe, expect, it } from 'vitest';
import { autocorrelations } from '../../../src/numerics/autocorrelation.ts';
import { standardDeviation } from '../../../src/numerics/moments.ts';
import { createRandom } from '../../../src/numerics/random.ts';
import { backgroundNamed, backgrounds } from '../../../src/validity/harness/backgrounds.ts';

const draw = (name: string, n = 1000) => backgroundNamed(name).draw(n, createRandom(name));
const differences = (values: Float64Array) => values.subarray(1).map((value, i) => value - values[i]);
const lagOne = (values: Float64Array) => autocorrelations(values, 1)?.[1] ?? Number.NaN;

describe('the backgrounds of the harness', () => {
  it.each(backgrounds)('$name is finite, as long as asked, and drawn by its seed alone', ({ draw }) => {
    for (const n of [2, 40, 399]) {
      const values = draw(n, createRandom(5));
      expect(values).toHaveLength(n);
      expect(values.every(Number.isFinite)).toBe(true);
      expect(draw(n, createRandom(5))).toEqual(values);
    }
  });

  it('beyond the promise have the difficulty they are named for', () => {
    // Neighbors agree, and the noise upon them is a fifth of the wander.
    expect(lagOne(draw('smooth-wander'))).toBeGreaterThan(0.85);
    expect(
      standardDeviation(differences(draw('smooth-wander'))) / standardDeviation(draw('smooth-wander')),
    ).toBeLessThan(0.5);
    expect(lagOne(draw('slow-wander'))).toBeLessThan(0.7);
    expect(Math.abs(lagOne(differences(draw('walk-with-dependent-increments'))) - 0.5)).toBeLessThan(0.1);
    const jumps = differences(draw('walk-with-heavy-increments')).map(Math.abs);
    // Student t with 3 degrees of freedom has 1.2 % beyond 5.
    expect(jumps.filter((jump) => jump > 5).length).toBeGreaterThan(3);
  });

  it('with changing variance change it where they say', () => {
    const sdOf = (values: Float64Array, from: number, to: number) =>
      standardDeviation(values.subarray(from, to));
    const rising = draw('rising-sd');
    expect(sdOf(rising, 900, 1000) / sdOf(rising, 0, 100)).toBeGreaterThan(15);
    const breathing = draw('breathing-sd');
    expect(sdOf(breathing, 100, 150) / sdOf(breathing, 350, 400)).toBeGreaterThan(4);
    const burst = draw('burst').map(Math.abs);
    const loud = [...burst.keys()].filter((i) => burst[i] > 4.5);
    expect(loud.length).toBeGreaterThan(15);
    expect(loud[loud.length - 1] - loud[0]).toBeLessThan(110);
  });
});
