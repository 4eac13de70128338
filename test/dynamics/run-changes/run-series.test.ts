import { describe, expect, it } from 'vitest';
import { type LogSeries, runSeries } from '../../../src/dynamics/run-changes/run-series.ts';
import type { Run } from '../../../src/measurements/types.ts';
import { loggedRun } from './logged-run.ts';

const named = (run: Run, name: string): LogSeries =>
  runSeries(run).series.find((series) => series.name === name)!;

describe('the series on which a run is tested', () => {
  const run = loggedRun([
    [4, 3],
    [4, 2],
    [8, 6],
    [8, 6],
  ]);

  it('are shape, size and velocity of every layer, and the loss', () => {
    const { series, leftOut } = runSeries(run);
    expect(series.map(({ quantity, name, layer }) => [quantity, name, layer])).toEqual([
      ['shape', 'participation_ratio', 'fc'],
      ['shape', 'stable_rank', 'fc'],
      ['size', 'spectral_norm', 'fc'],
      ['velocity', 'singular_value_velocity', 'fc'],
      ['loss', 'loss', null],
    ]);
    expect(leftOut).toEqual([]);
  });

  it('are natural logarithms', () => {
    expect(named(run, 'stable_rank').values[0]).toBeCloseTo(Math.log(25 / 16), 12);
    expect(named(run, 'spectral_norm').values[2]).toBeCloseTo(Math.log(10), 12);
    expect(named(run, 'loss').values[1]).toBeCloseTo(-0.01, 12);
  });

  it('have velocities from one measurement to the next, none at the first', () => {
    const { values } = named(run, 'singular_value_velocity');
    expect(values[0]).toBeNaN();
    // 4 stays, and counts as having moved by what float32 can tell; 3 falls by a third.
    expect(values[1]).toBeCloseTo((Math.log(1e-7) + Math.log(1 / 3)) / 2, 12);
    expect(values[2]).toBeCloseTo((Math.log(1) + Math.log(2)) / 2, 12);
  });

  it('take a layer at rest for one that moves by what float32 can tell at most, not for one that moves infinitely slowly', () => {
    const { values } = named(run, 'singular_value_velocity');
    expect(values[3]).toBeCloseTo((Math.log(1e-7) + Math.log(1e-7 / 0.75)) / 2, 12);
  });

  it('add the mean velocity where there are several layers', () => {
    const two = { ...run, layers: [run.layers[0], { ...run.layers[0], name: 'fc2' }] };
    const pace = named(two, 'pace');
    expect(pace.values[2]).toBeCloseTo(Math.log(2) / 2, 12);
    expect(pace.layer).toBeNull();
  });

  it('say what is left out, and why', () => {
    const [layer] = run.layers;
    const without: Run = {
      ...run,
      layers: [{ ...layer, spectra: null, series: new Map([...layer.series].slice(0, 1)) }],
      loss: Float64Array.of(0, 0, Number.NaN, 1),
    };
    expect(runSeries(without).leftOut).toEqual([
      { name: 'stable_rank', layer: 'fc', reason: 'not in the log' },
      { name: 'singular_value_velocity', layer: 'fc', reason: 'no spectra are logged' },
      { name: 'loss', layer: null, reason: '3 of 4 values are missing or not above 0' },
    ]);
  });

  it('leave out what never changes', () => {
    const still = loggedRun([
      [4, 3],
      [4, 3],
      [4, 3],
    ]);
    expect(runSeries(still).leftOut.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
      'participation_ratio: it never changes',
      'stable_rank: it never changes',
      'spectral_norm: it never changes',
      'singular_value_velocity: it never changes',
    ]);
  });

  it('take raw or logged metrics where there are no centered ones', () => {
    const [layer] = run.layers;
    const raw = {
      ...run,
      layers: [{ ...layer, series: new Map([['stable_rank.raw', layer.series.get('stable_rank')!]]) }],
    };
    expect(named(raw, 'stable_rank').values[0]).toBeCloseTo(Math.log(25 / 16), 12);
  });

  it('live with spectra that are missing, not finite or 0', () => {
    const missing: number[][] = [[], [Number.NaN, 1], [0, 0]];
    const whole = [
      [4, 3],
      [5, 3],
      [5, 4],
      [5, 2],
      [6, 2],
      [6, 3],
    ];
    const damaged = loggedRun([...missing, ...whole]);
    const whereNone = (name: string): number[] =>
      [...named(damaged, name).values].flatMap((value, t) => (Number.isNaN(value) ? [t] : []));
    expect(whereNone('spectral_norm')).toEqual([0, 1, 2]);
    // Nothing to have moved from, at the first whole one.
    expect(whereNone('singular_value_velocity')).toEqual([0, 1, 2, 3]);
  });
});
