import { describe, expect, it } from 'vitest';
import { standardDeviation } from '../../../src/numerics/moments.ts';
import { createRandom } from '../../../src/numerics/random.ts';
import { nullRunNamed, nullRuns } from '../../../src/validity/run-changes/null-runs.ts';
import { simulateRun } from '../../../src/validity/run-changes/simulate-run.ts';

const steady = { ...nullRunNamed('white-increments'), volatility: 0, falling: 0 };
const increments = (values: Float64Array): Float64Array =>
  values.slice(1).map((value, i) => Math.log(value / values[i]));

describe('simulated runs', () => {
  it('are the same for the same seed', () => {
    const [a, b] = [1, 1].map((seed) => simulateRun(nullRuns[0], 60, createRandom(seed)));
    expect(a).toEqual(b);
    expect(simulateRun(nullRuns[0], 60, createRandom(2)).loss).not.toEqual(a.loss);
  });

  it('have metrics that follow from their spectra', () => {
    const [layer] = simulateRun(nullRunNamed('eight-layers'), 30, createRandom(1)).layers;
    const spectrum = layer.spectra!.centered![7];
    expect([...spectrum]).toEqual([...spectrum].sort((a, b) => b - a));
    const variance = spectrum.reduce((sum, value) => sum + value ** 2, 0);
    expect(layer.series.get('stable_rank')!.values[7]).toBeCloseTo(variance / spectrum[0] ** 2, 12);
  });

  it('have the memory, the fall and the layers of their family', () => {
    const correlation = (values: Float64Array): number => {
      const pairs = values.slice(1).map((value, i) => value * values[i]);
      return pairs.reduce((sum, x) => sum + x, 0) / values.reduce((sum, x) => sum + x * x, 0);
    };
    const sizeOf = (family: typeof steady): Float64Array =>
      increments(
        Float64Array.from(
          simulateRun(family, 4000, createRandom(3)).layers[0].spectra!.centered!,
          (spectrum) => spectrum[spectrum.length - 1],
        ),
      );
    expect(correlation(sizeOf(steady))).toBeLessThan(0.1);
    expect(correlation(sizeOf({ ...steady, phi: 0.7 }))).toBeGreaterThan(0.5);
    const falling = sizeOf({ ...steady, falling: 0.8 });
    expect(standardDeviation(falling.slice(0, 400))).toBeGreaterThan(
      3 * standardDeviation(falling.slice(-400)),
    );
    expect(simulateRun(nullRunNamed('one-layer'), 20, createRandom(1)).layers).toHaveLength(1);
  });

  it('are those without a change up to the change', () => {
    const change = { at: 50, pace: 3, jump: 10 };
    const without = simulateRun(steady, 100, createRandom(5));
    const changed = simulateRun(steady, 100, createRandom(5), { change });
    expect(changed.loss.slice(0, 50)).toEqual(without.loss.slice(0, 50));
    expect(changed.loss[50]).not.toBe(without.loss[50]);
  });

  it('move as many times as much from there on', () => {
    const changed = simulateRun(steady, 4000, createRandom(5), { change: { at: 2000, pace: 3 } });
    const moved = increments(changed.layers[1].series.get('stable_rank')!.values);
    const ratio = standardDeviation(moved.slice(2000)) / standardDeviation(moved.slice(0, 1990));
    expect(ratio).toBeGreaterThan(1.5);
  });

  it('return from a jump that recovers', () => {
    const jumpOf = (recovery?: number): Float64Array => {
      const still = { ...steady, volatility: 0, falling: 0, lossNoise: 0 };
      const without = simulateRun(still, 200, createRandom(5)).loss;
      return simulateRun(still, 200, createRandom(5), { change: { at: 100, jump: 10, recovery } }).loss.map(
        (value, t) => Math.log(value / without[t]),
      );
    };
    const [staying, recovering] = [jumpOf(), jumpOf(5)];
    expect(staying[199]).toBeCloseTo(staying[100], 10);
    expect(recovering[100]).toBeCloseTo(staying[100], 10);
    expect(Math.abs(recovering[199])).toBeLessThan(1e-6 * Math.abs(recovering[100]));
  });

  it('names its families', () => {
    expect(new Set(nullRuns.map(({ name }) => name)).size).toBe(nullRuns.length);
    expect(() => nullRunNamed('no such')).toThrow('null run is no such; allowed: normal-phi-0.35');
  });
});
