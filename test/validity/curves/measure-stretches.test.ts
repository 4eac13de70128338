import { describe, expect, it } from 'vitest';
import { measureGrowing } from '../../../src/validity/curves/measure-growing.ts';
import { measureNull } from '../../../src/validity/curves/measure-nulls.ts';
import { measurePower } from '../../../src/validity/curves/measure-power.ts';
import { measureSeedNull, measureSeedTiming } from '../../../src/validity/curves/measure-seeds.ts';
import { measureStretches } from '../../../src/validity/curves/measure-stretches.ts';
import { planCurves } from '../../../src/validity/curves/plan-curves.ts';
import { mostBy } from '../../dynamics/planted-series.ts';

const most = (series: number): number => mostBy(0.05, series) / series;

describe('false answers', () => {
  it.each(['white-noise', 'autoregression-0.8', 'falling-sd'])('are rare in %s: nothing moves', (family) => {
    const { moved, directed, world } = measureNull({ family, n: 60, series: 150 });
    expect(world).toBe('jitter');
    expect(moved.value).toBeLessThanOrEqual(most(150));
    expect(directed.value).toBeLessThanOrEqual(moved.value);
  });

  it.each(['random-walk', 'walk-slowing', 'walk-dependent'])(
    'are rare in %s: nothing has a direction',
    (family) => {
      const { moved, directed } = measureNull({ family, n: 100, series: 150 });
      expect(directed.value).toBeLessThanOrEqual(most(150));
      // A walk does move.
      expect(moved.value).toBeGreaterThan(0.15);
    },
  );

  it('follow alpha', () => {
    const strict = measureNull({ family: 'autoregression-0.8', n: 40, series: 150 }, { alpha: 0.001 });
    const loose = measureNull({ family: 'autoregression-0.8', n: 40, series: 150 }, { alpha: 0.2 });
    expect(strict.moved.value).toBeLessThanOrEqual(0.02);
    expect(loose.moved.value).toBeGreaterThan(0.05);
    expect(loose.moved.value).toBeLessThanOrEqual(mostBy(0.2, 150) / 150);
  });

  it('stay rare while a series grows and the question is asked again and again', () => {
    const rates = measureGrowing({ family: 'autoregression-0.8', n: 40, series: 40 });
    expect(rates.looks).toBe(29);
    expect(rates.moved.value).toBeLessThanOrEqual(most(40));
    expect(rates.movedUncorrected.value).toBeGreaterThan(rates.moved.value);
  });

  it('are rare over seeds, even of walks that jump', () => {
    const { directed } = measureSeedNull({ family: 'walk-heavy-tails', n: 100, seeds: 3, series: 40 });
    expect(directed.value).toBeLessThanOrEqual(most(40));
  });
});

describe('power', () => {
  it('is nearly one at 8 sd, and placed', () => {
    const cell = { shape: 'ramp', width: 10, place: 'middle', size: 8, phi: 0, n: 399, series: 30 } as const;
    const power = measurePower(cell);
    expect(power.found.value).toBeGreaterThan(0.9);
    expect(power.nothingElse!.value).toBeGreaterThan(0.9);
    expect(power.startError).toBeLessThanOrEqual(3);
    expect(power.startHeld!.value).toBeGreaterThan(0.9);
    expect(power.endHeld!.value).toBeGreaterThan(0.9);
  });

  it('has no timing where nothing is found', () => {
    const cell = { shape: 'ramp', width: 10, place: 'middle', size: 0.1, phi: 0, n: 60, series: 5 } as const;
    expect(measurePower(cell)).toMatchObject({ nothingElse: null, startError: null, startHeld: null });
  });

  it('finds both movements of a collapse and recovery', () => {
    const cell = {
      shape: 'collapse-and-recovery',
      width: 10,
      place: 'middle',
      size: 60,
      phi: 0,
      n: 200,
      series: 10,
    } as const;
    expect(measurePower(cell).found.value).toBeGreaterThan(0.8);
  });

  it('over seeds has intervals that hold the time of all such seeds', () => {
    const cell = { shape: 'ramp', width: 10, size: 30, timingSd: 5, walk: 0, seeds: 3, n: 200, series: 20 };
    const timing = measureSeedTiming(cell);
    expect(timing.found.value).toBeGreaterThan(0.9);
    expect(timing.halfHeld!.value).toBeGreaterThan(0.75);
  });
});

describe('the whole report', () => {
  it('is the same for the same seed, and another for another', () => {
    const options = { series: 10, lengths: [20], families: ['heavy-tails', 'walk-slowing'], power: false };
    const report = measureStretches(options);
    expect(measureStretches(options)).toEqual(report);
    expect(report.nulls.map(({ family, n, series }) => ({ family, n, series }))).toEqual([
      { family: 'heavy-tails', n: 20, series: 10 },
      { family: 'walk-slowing', n: 20, series: 10 },
    ]);
    expect(report.power).toEqual([]);
    const cell = { family: 'random-walk', n: 60, series: 40 };
    expect(measureNull(cell, { seed: 1 })).not.toEqual(measureNull(cell));
  });

  it('says how far it has come', () => {
    const progress: number[] = [];
    const options = {
      series: 10,
      lengths: [20, 21],
      families: ['heavy-tails', 'walk-slowing'],
      power: false,
    };
    const total = Object.values(planCurves(options)).flat().length;
    measureStretches({
      ...options,
      onProgress: (done, of) => {
        expect(of).toBe(total);
        progress.push(done);
      },
    });
    expect(progress).toEqual(Array.from({ length: total }, (_, i) => i));
  });

  it('plans transitions of all widths and sizes, ends included', () => {
    const { power } = planCurves({ series: 400 });
    for (const place of ['middle', 'start', 'end']) {
      for (const size of [3, 8, 30, 100, 1000]) {
        for (const width of [1, 3, 5, 10, 20, 50]) {
          expect(
            power.some((cell) => cell.place === place && cell.size === size && cell.width === width),
          ).toBe(true);
        }
      }
    }
  });
});
