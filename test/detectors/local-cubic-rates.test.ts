import { describe, expect, it } from 'vitest';
import { localCubic } from '../../src/detectors/local-cubic.ts';
import { firstOrderAutoregression } from '../../src/numerics/autoregression.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { nullFamilies } from '../../src/validity/null-models/null-families.ts';
import { plantChanges, randomSteps } from '../../src/validity/null-models/planted-changes.ts';

/**
 * A light version of bench/detector-rates.mjs, enough to notice a detector that has lost its rate or its power; the
 * bench has the precision. A true rate of 2 % exceeds 5 of 60 with probability 0.002, one of 20 % stays there
 * with 0.01.
 */
const N = 399;
const SERIES = 60;
const steps = Float64Array.from({ length: N }, (_, t) => t);

describe('in a series where nothing changes', () => {
  const families = [
    ...nullFamilies,
    {
      name: 'autoregression-0.5',
      draw: (_: Float64Array, rng: Parameters<typeof firstOrderAutoregression>[2]) =>
        firstOrderAutoregression(N, 0.5, rng),
    },
  ];
  it.each(families)('$name: changes are rarely found', ({ name, draw }) => {
    let invented = 0;
    for (let i = 0; i < SERIES; i++) {
      const detection = localCubic({ steps, values: draw(steps, createRandom(`test/${name}/${i}`)) });
      if (detection.testable && detection.changes.length > 0) invented++;
    }
    expect(invented).toBeLessThanOrEqual(5);
  });

  it('and most families can be tested at all', () => {
    for (const name of ['white-noise', 'decay', 'sharp-decay', 'falling-sd', 'heavy-tails', 'spikes']) {
      const family = nullFamilies.find((candidate) => candidate.name === name);
      const values = family?.draw(steps, createRandom(`testable/${name}`)) ?? new Float64Array(0);
      expect(localCubic({ steps, values }).testable).toBe(true);
    }
  });
});

describe('a step of four standard deviations', () => {
  it.each([0, 0.5])('is found in noise with φ = %d, in the right place', (phi) => {
    const errors: number[] = [];
    let covered = 0;
    for (let i = 0; i < SERIES; i++) {
      const rng = createRandom(`power/${phi}/${i}`);
      const noise = firstOrderAutoregression(N, phi, rng);
      const { values, changes } = plantChanges(noise, randomSteps(N, 1, 4, 50, rng));
      const detection = localCubic({ steps, values });
      const truth = changes[0].index;
      const near = detection.testable
        ? detection.changes.find(({ index }) => Math.abs(index - truth) <= 10)
        : undefined;
      if (near === undefined) continue;
      errors.push(Math.abs(near.index - truth));
      if (near.interval[0] < truth && truth <= near.interval[1]) covered++;
    }
    // The bench finds 0.95 and more; a power of 0.95 falls below 0.85 of 60 with probability 0.001.
    expect(errors.length).toBeGreaterThanOrEqual(0.85 * SERIES);
    expect(errors.sort((a, b) => a - b)[errors.length >> 1]).toBeLessThanOrEqual(1);
    expect(covered).toBeGreaterThanOrEqual(0.9 * errors.length);
  });
});
