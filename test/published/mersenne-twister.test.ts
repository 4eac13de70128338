import { describe, expect, it } from 'vitest';
import { mersenneTwister } from '../../src/published/mersenne-twister.ts';

describe('the generator of the published draws', () => {
  it('gives the numbers of NumPy’s RandomState(42), past a refill of its state', () => {
    const { uniform } = mersenneTwister(42);
    const drawn = Array.from({ length: 1000 }, uniform);
    expect([drawn[0], drawn[1], drawn[311], drawn[312], drawn[999]]).toEqual([
      0.3745401188473625, 0.9507143064099162, 0.07845638134226596, 0.02535074341545751, 0.44600577295795574,
    ]);
  });

  it('takes the smallest and the largest seed', () => {
    expect(mersenneTwister(0).uniform()).toBe(0.5488135039273248);
    expect(mersenneTwister(4294967295).uniform()).toBe(0.0976320289940138);
  });
});
