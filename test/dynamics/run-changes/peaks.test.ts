import { describe, expect, it } from 'vitest';
import type { JointStatistic } from '../../../src/dynamics/run-changes/joint-statistics.ts';
import { findPeaks } from '../../../src/dynamics/run-changes/peaks.ts';
import { toldFromRecoveries } from '../../../src/dynamics/run-changes/recoveries.ts';
import type { Quantity } from '../../../src/dynamics/run-changes/run-series.ts';
import { levelAt } from '../../../src/dynamics/run-changes/strength.ts';

const n = 300;

/** A statistic that is `strength` times its level at single places, 0 elsewhere. */
function statistic(quantity: Quantity, width: number, strengths: Record<number, number>): JointStatistic {
  const bare: JointStatistic = {
    channel: { quantity, width },
    values: new Float64Array(n),
    sizes: new Int32Array(n).fill(100),
    allowance: new Float64Array(n).fill(1),
    parts: [],
  };
  const values = bare.values.map((_, t) => (strengths[t] ?? 0) * levelAt(bare, t));
  return { ...bare, values };
}

const found = (...statistics: JointStatistic[]) =>
  findPeaks(statistics, 1).map(({ place, interval, strength }) => [
    place,
    ...interval,
    Number(strength.toFixed(6)),
  ]);

describe('places at which a run stands out', () => {
  it('lie in the window before the highest place, or just after it', () => {
    expect(found(statistic('size', 4, { 100: 3 }))).toEqual([[100, 96, 101, 3]]);
  });

  it('reach on for as long as the statistic is nearly as high', () => {
    expect(found(statistic('size', 4, { 100: 3, 101: 2.5, 102: 2.2, 103: 1.5 }))).toEqual([
      [100, 96, 103, 3],
    ]);
  });

  it('are none below the critical strength', () => {
    expect(found(statistic('size', 4, { 100: 0.99 }))).toEqual([]);
  });

  it('are one where several channels see the same, told by the narrowest', () => {
    const wide = statistic('velocity', 20, { 200: 2 });
    const narrow = statistic('size', 2, { 200: 1.5 });
    expect(found(wide, narrow)).toEqual([[200, 198, 201, 2]]);
  });

  it('begin with the first stage of an event of several', () => {
    const first = statistic('pace', 4, { 200: 2 });
    const second = statistic('shape', 10, { 210: 20 });
    expect(found(first, second)).toEqual([[200, 196, 201, 20]]);
  });

  it('are told by the narrowest window within the interval of the earliest', () => {
    const wide = statistic('velocity', 20, Object.fromEntries([200, 201, 202, 203, 204].map((t) => [t, 2])));
    const narrow = statistic('size', 2, { 203: 1.5 });
    expect(found(wide, narrow)).toEqual([[203, 200, 204, 2]]);
  });

  it('are not where a wide window only looks ahead to what a narrower one shows more clearly', () => {
    const ahead = statistic('pace', 20, { 185: 1.5 });
    const narrow = statistic('size', 2, { 200: 3 });
    expect(found(ahead, narrow)).toEqual([[200, 198, 201, 3]]);
  });

  it('are not the flank of a higher place', () => {
    const rising = Object.fromEntries(Array.from({ length: 21 }, (_, i) => [180 + i, 1 + i / 5]));
    expect(found(statistic('pace', 20, rising)).map(([place]) => place)).toEqual([200]);
  });

  it('are several where they are far apart, in order', () => {
    const places = found(statistic('size', 4, { 250: 3, 100: 2, 180: 5 })).map(([place]) => place);
    expect(places).toEqual([100, 180, 250]);
  });
});

describe('recoveries', () => {
  const peaks = (...places: number[]) =>
    findPeaks([statistic('size', 4, Object.fromEntries(places.map((place) => [place, 2])))], 1);
  const told = (places: number[], since: JointStatistic) =>
    toldFromRecoveries(peaks(...places), 1, { statisticsFrom: () => [since] }).map(({ peak, after }) => [
      peak.place,
      after?.place ?? null,
    ]);

  it('are later peaks that do not stand out from what was done since the change', () => {
    expect(told([100, 130], statistic('size', 4, {}))).toEqual([
      [100, null],
      [130, 100],
    ]);
  });

  it('are none where the run stands out from that as well', () => {
    expect(told([100, 130], statistic('size', 4, { 131: 1.2 }))).toEqual([
      [100, null],
      [130, null],
    ]);
  });

  it('are none where no past reaches back to the change', () => {
    expect(told([100, 250], statistic('size', 4, {}))).toEqual([
      [100, null],
      [250, null],
    ]);
  });

  it('follow the last change, not the last recovery', () => {
    expect(told([60, 90, 120], statistic('size', 4, {}))).toEqual([
      [60, null],
      [90, 60],
      [120, 60],
    ]);
  });
});
