import { describe, expect, it } from 'vitest';
import { autocorrelations } from '../../../src/numerics/autocorrelation.ts';
import { localCubicSmooth } from '../../../src/numerics/local-cubic-smooth.ts';
import { createRandom } from '../../../src/numerics/random.ts';
import { nullFamilies, nullFamily } from '../../../src/validity/null-models/null-families.ts';
import { plantChanges, randomSteps } from '../../../src/validity/null-models/planted-changes.ts';
import {
  fittedAutoregression,
  trendAndBlocks,
  trendAndNoise,
  trendAndPhases,
} from '../../../src/validity/null-models/surrogates-of.ts';

const N = 399;
const like = new Float64Array(N);
const draw = (name: string, seed: string | number = 1) => nullFamily(name).draw(like, createRandom(seed));
const sd = (values: ArrayLike<number>) => {
  const all = Array.from(values);
  const mean = all.reduce((sum, value) => sum + value / all.length, 0);
  return Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2 / all.length, 0));
};
const distinct = (values: Float64Array) => new Set(values).size;

describe('null families', () => {
  it('are the nine published ones, heavy tails and spikes', () => {
    expect(nullFamilies.map(({ name }) => name)).toEqual([
      'white-noise',
      'autoregression-0.9',
      'random-walk',
      'decay',
      'sharp-decay',
      'falling-sd',
      'rounding-float64',
      'rounding-float32',
      'one-ulp-flips',
      'heavy-tails',
      'spikes',
    ]);
  });

  it('have the difficulty they are named for', () => {
    expect(Math.abs(sd(draw('white-noise')) - 1)).toBeLessThan(0.15);
    expect(autocorrelations(draw('autoregression-0.9'), 1)?.[1]).toBeGreaterThan(0.75);
    expect(sd(draw('random-walk'))).toBeGreaterThan(3);
    expect(draw('decay')[0]).toBeGreaterThan(18);
    expect(Math.abs(draw('sharp-decay')[398] - 10 - 10 * Math.exp(-398 / 80))).toBeLessThan(0.15);
    expect(sd(draw('falling-sd').subarray(0, 50)) / sd(draw('falling-sd').subarray(349))).toBeGreaterThan(15);
    // Tails: t with 3 degrees of freedom has 1.2 % beyond 5, the normal law one in 1.7 million.
    expect(draw('heavy-tails').filter((value) => Math.abs(value) > 5).length).toBeGreaterThan(0);
    expect(draw('spikes').filter((value) => Math.abs(value) > 6).length).toBeGreaterThan(2);
  });

  it('round as the machine does', () => {
    const float64 = draw('rounding-float64');
    const float32 = draw('rounding-float32');
    expect(Math.max(...float64.map((value) => Math.abs(value - 10 / 3)))).toBeLessThan(16 * 2 ** -51);
    expect(float32.every((value) => Math.fround(value) === value)).toBe(true);
    expect(Math.max(...float32.map((value) => Math.abs(value - 10 / 3)))).toBeLessThan(16 * 2 ** -22);
    expect(distinct(float64)).toBeGreaterThan(2);
    expect(distinct(float32)).toBeGreaterThan(2);
    expect(distinct(draw('one-ulp-flips'))).toBe(2);
  });

  it('are named or refused', () => {
    expect(() => nullFamily('white')).toThrow('null family is white');
  });
});

describe('surrogates of a series', () => {
  const series = nullFamily('decay').draw(like, createRandom('series'));
  const surrogates = { trendAndNoise, trendAndBlocks, trendAndPhases };

  it.each(Object.entries(surrogates))('%s keeps the trend and the size of the noise', (_, surrogate) => {
    const drawn = surrogate(series, createRandom(1));
    const trend = localCubicSmooth(series, 60);
    expect(sd(localCubicSmooth(drawn, 60).map((value, t) => value - trend[t]))).toBeLessThan(0.15);
    const ratio = sd(drawn.map((value, t) => value - trend[t])) / 0.3;
    expect(ratio).toBeGreaterThan(0.8);
    expect(ratio).toBeLessThan(1.2);
    expect(drawn).not.toEqual(series);
  });

  it.each(Object.entries(surrogates))('%s keeps noise that fades', (_, surrogate) => {
    const fading = nullFamily('falling-sd').draw(like, createRandom('fading'));
    const drawn = surrogate(fading, createRandom(2));
    expect(sd(drawn.subarray(0, 80)) / sd(drawn.subarray(319))).toBeGreaterThan(5);
  });

  it('a fitted autoregression keeps mean, variance and correlation', () => {
    const wander = draw('autoregression-0.9').map((value) => 100 + 5 * value);
    const drawn = fittedAutoregression({ steps: like, values: wander }, createRandom(5));
    expect(Math.abs(sd(drawn) / sd(wander) - 1)).toBeLessThan(0.5);
    expect(autocorrelations(drawn, 1)?.[1]).toBeGreaterThan(0.75);
  });

  it.each(Object.entries({ ...surrogates, fittedAutoregression }))(
    '%s takes any length and any constant',
    (_, of) => {
      for (const n of [0, 1, 2, 3, 10])
        expect(of(new Float64Array(n).fill(4), createRandom(1))).toHaveLength(n);
      expect(
        of(new Float64Array(99).fill(4), createRandom(1)).every((value) => Math.abs(value - 4) < 1e-12),
      ).toBe(true);
      expect(() => of(Float64Array.of(1, Number.NaN), createRandom(1))).toThrow('value 1 is NaN');
    },
  );
});

describe('planted changes', () => {
  it('are steps, ramps and kinks, added up', () => {
    const { values } = plantChanges(new Float64Array(8), [
      { index: 2, kind: 'level', size: 3, width: 1 },
      { index: 3, kind: 'level', size: -2, width: 2 },
      { index: 5, kind: 'slope', size: 10, width: 1 },
    ]);
    expect(Array.from(values)).toEqual([0, 0, 3, 2, 1, 1, 11, 21]);
  });

  it('come with their truth, and leave the noise as it was', () => {
    const noise = Float64Array.of(1, 2, 3);
    const changes = [{ index: 1, kind: 'level', size: 1, width: 1 }] as const;
    expect(plantChanges(noise, changes)).toEqual({ values: Float64Array.of(1, 3, 4), changes });
    expect(Array.from(noise)).toEqual([1, 2, 3]);
  });

  it('must lie within the series', () => {
    const change = { index: 3, kind: 'level', size: 1, width: 1 } as const;
    expect(() => plantChanges(new Float64Array(3), [change])).toThrow('index is 3');
    expect(() => plantChanges(new Float64Array(9), [{ ...change, width: 0 }])).toThrow('width is 0');
  });

  it('drawn at random are held as long as asked', () => {
    const rng = createRandom('steps');
    for (let i = 0; i < 200; i++) {
      const places = [0, ...randomSteps(N, 3, 2, 60, rng).map(({ index }) => index), N];
      expect(places).toHaveLength(5);
      for (let k = 1; k < places.length; k++) expect(places[k] - places[k - 1]).toBeGreaterThanOrEqual(60);
    }
    expect(randomSteps(240, 3, 2, 60, rng).map(({ index }) => index)).toEqual([60, 120, 180]);
    expect(() => randomSteps(239, 3, 2, 60, rng)).toThrow('n is 239');
  });
});
