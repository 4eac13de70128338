import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stabilization } from '../../src/dynamics/stabilization.ts';
import { stabilizationInterval } from '../../src/dynamics/stabilization-interval.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { descent, measurements, mostBy, noisy, steps } from './planted-series.ts';

const statusOf = (values: Float64Array): string => stabilization({ steps, values }).status;

describe('stabilization', () => {
  it('is the step at which a clean descent enters the band of a tenth of its change', () => {
    // From 10 to 0 over measurements 100 to 200: within 1 of the end from measurement 190 on.
    const values = Float64Array.from({ length: measurements }, (_, i) => descent(10, 100, 100)(i));
    expect(stabilization({ steps, values })).toMatchObject({
      status: 'stabilized',
      step: 950,
      index: 190,
      finalLevel: 0,
      totalChange: 10,
      band: 1,
    });
    expect(stabilization({ steps, values }, { bandShare: 0.5 })).toMatchObject({ step: 750 });
  });

  it('is found through noise to within a few measurements, where the descent is steep', () => {
    const rng = createRandom('steep');
    for (let trial = 0; trial < 50; trial++) {
      const found = stabilization({ steps, values: noisy(descent(10, 150, 20), 0.4, rng.fork(trial)) });
      if (found.status !== 'stabilized') throw new Error(found.reason);
      expect(Math.abs(found.step - 5 * 168)).toBeLessThanOrEqual(25);
    }
  });

  it('counts from the last departure: an early visit to the final level does not count', () => {
    const level = (i: number): number => (i < 100 ? 0 : i < 200 ? 5 : 0);
    const found = stabilization({ steps, values: noisy(level, 0.1, createRandom('visit')) });
    expect(found).toMatchObject({ status: 'stabilized' });
    expect(found.status === 'stabilized' && Math.abs(found.step - 1000)).toBeLessThanOrEqual(10);
  });

  it.each([
    ['white noise', () => 4, 0],
    ['AR(1) noise, φ = 0.5', () => 4, 0.5],
    ['AR(1) noise, φ = 0.8', () => 4, 0.8],
  ])('calls %s constant in at least 95 % of series', (name, level, phi) => {
    const rng = createRandom(name);
    const others = Array.from({ length: 200 }, (_, trial) => statusOf(noisy(level, 1, rng.fork(trial), phi)));
    expect(others.filter((status) => status !== 'constant').length).toBeLessThanOrEqual(mostBy(0.05, 200));
  });

  it('calls noise that fades over training constant: its level never moves', () => {
    const rng = createRandom('fading');
    const others = Array.from({ length: 100 }, (_, trial) => {
      const random = rng.fork(trial);
      return statusOf(Float64Array.from(steps, (_step, i) => Math.exp((-4 * i) / 398) * random.normal()));
    });
    expect(others.filter((status) => status !== 'constant').length).toBeLessThanOrEqual(mostBy(0.05, 100));
  });

  it('calls exactly constant series and rounding errors constant, with a reason', () => {
    const rng = createRandom('rounding');
    const flips = Float64Array.from(steps, () => 10 + (rng.uniform() < 0.02 ? 2 ** -49 : 0));
    for (const values of [new Float64Array(measurements).fill(10), flips]) {
      expect(stabilization({ steps, values })).toMatchObject({
        status: 'constant',
        reason: expect.stringContaining('never leaves its final level'),
      });
    }
  });

  it('calls a series that climbs to the end moving, noisy or not', () => {
    const rng = createRandom('ramp');
    for (let trial = 0; trial < 50; trial++) {
      expect(statusOf(noisy((i) => i / 40, 0.3, rng.fork(trial)))).toBe('moving');
    }
    expect(statusOf(steps.slice())).toBe('moving');
  });

  it('calls a series that changes shortly before the end moving', () => {
    expect(
      stabilization({ steps, values: noisy((i) => (i < 350 ? 0 : 5), 0.1, createRandom('late')) }),
    ).toMatchObject({
      status: 'moving',
      reason: expect.stringMatching(/last \d+ of 400 measurements/),
    });
  });

  it('leaves out undetermined points, keeps true steps and original indices, and says how many', () => {
    const values = noisy(descent(10, 150, 20), 0.2, createRandom('gaps'));
    const whole = stabilization({ steps, values });
    for (const i of [3, 40, 41, 42, 100, 300]) values[i] = Number.NaN;
    const gappy = stabilization({ steps, values });
    expect(gappy).toMatchObject({ status: 'stabilized', dropped: 6 });
    if (gappy.status !== 'stabilized' || whole.status !== 'stabilized') throw new Error('not stabilized');
    expect(gappy.step).toBe(steps[gappy.index]);
    expect(Math.abs(gappy.step - whole.step)).toBeLessThanOrEqual(10);
  });

  it('is undetermined for a handful of points', () => {
    expect(stabilization({ steps: steps.slice(0, 19), values: new Float64Array(19) })).toEqual({
      status: 'undetermined',
      reason: '19 determined measurements; at least 20 are needed',
      dropped: 0,
    });
  });

  it('does not depend on the unit of the values or on their sign', () => {
    const values = noisy(descent(10, 100, 50), 0.2, createRandom('units'));
    const reference = stabilization({ steps, values });
    fc.assert(
      fc.property(fc.integer({ min: -20, max: 20 }), fc.constantFrom(1, -1), (exponent, sign) => {
        const scaled = stabilization({ steps, values: values.map((value) => sign * 2 ** exponent * value) });
        expect(scaled.status === 'stabilized' && scaled.step).toBe(
          reference.status === 'stabilized' && reference.step,
        );
      }),
    );
  });

  it('refuses shares out of range', () => {
    expect(() => stabilization({ steps, values: steps }, { bandShare: 0 })).toThrow(
      'strictly between 0 and 1',
    );
  });
});

describe('interval of the stabilization step', () => {
  it.each([0, 0.6])('covers the noise-free step in at least 90 % of series (φ = %f)', (phi) => {
    const level = (i: number): number => 10 + 10 * Math.exp(-i / 40);
    const truth = stabilization({ steps, values: Float64Array.from(steps, (_, i) => level(i)) });
    if (truth.status !== 'stabilized') throw new Error(truth.reason);
    const rng = createRandom(`coverage ${phi}`);
    const covered = Array.from({ length: 30 }, (_, trial) => {
      const random = rng.fork(trial);
      const found = stabilizationInterval({ steps, values: noisy(level, 0.1, random, phi) }, random, {
        resamples: 60,
      });
      return found.determined && found.interval[0] <= truth.step && truth.step <= found.interval[1];
    });
    expect(covered.filter(Boolean).length).toBeGreaterThanOrEqual(27);
  });

  it('says why there is none', () => {
    const found = stabilizationInterval({ steps, values: new Float64Array(measurements) }, createRandom(1));
    expect(found).toMatchObject({ determined: false, reason: expect.stringContaining('constant') });
  });
});
