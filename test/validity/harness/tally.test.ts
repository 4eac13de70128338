import { describe, expect, it } from 'vitest';
import { backgrounds } from '../../../src/validity/harness/backgrounds.ts';
import { effects } from '../../../src/validity/harness/effects.ts';
import { reportOf } from '../../../src/validity/harness/report.ts';
import { addTally, emptyTally, tallyBatch } from '../../../src/validity/harness/tally.ts';
import type { Cell, DetectorUnderTest, FoundChange } from '../../../src/validity/harness/types.ts';

const conditions = { alpha: 0.05, seed: 1 };
const nothing = (n = 60): Cell => ({ background: 'white-noise', effect: null, size: 0, n });
const planted = (effect: string, size = 1000, n = 400): Cell => ({
  background: 'white-noise',
  effect,
  size,
  n,
});
const points = (...indices: number[]): FoundChange[] => indices.map((index) => ({ index, interval: null }));
const tally = (detect: DetectorUnderTest, cell: Cell, count: number, seed = 1) =>
  tallyBatch(detect, { cell, first: 0, count }, { ...conditions, seed });
const rowOf = (detect: DetectorUnderTest, cell: Cell, count: number) =>
  reportOf('fake', conditions, [[cell, tally(detect, cell, count)]]);

/** Indices before which the `count` largest differences lie. */
const largestDifferences =
  (count: number, shift = 0): DetectorUnderTest =>
  (values) =>
    points(
      ...Array.from({ length: values.length - 1 }, (_, i) => i + 1)
        .sort((a, b) => Math.abs(values[b] - values[b - 1]) - Math.abs(values[a] - values[a - 1]))
        .slice(0, count)
        .map((index) => index + shift),
    );

describe('false positives', () => {
  it('of a detector that always fires are everywhere', () => {
    const [row] = rowOf(() => points(3, 7), nothing(), 100).falsePositives;
    expect(row).toMatchObject({ series: 100, refused: 0, verdict: 'FAIL' });
    expect(row.share.value).toBe(1);
    expect(row.share.interval[0]).toBeGreaterThan(0.95);
    expect(row.per1000.value).toBeCloseTo((1000 * 2) / 60, 10);
  });

  it('of a detector that never fires are nowhere, and pass once there are series enough', () => {
    const few = rowOf(() => [], nothing(), 40);
    expect(few.falsePositives[0]).toMatchObject({ share: { value: 0 }, verdict: 'FAIL' });
    const enough = rowOf(() => [], nothing(), 100);
    expect(enough.falsePositives[0]).toMatchObject({ share: { value: 0 }, verdict: 'PASS' });
    expect([few.passed, enough.passed]).toEqual([false, true]);
  });

  it('are held within intervals that cover the true rate', () => {
    // The digits of a normal number far behind the point are uniform: this fires in 30 % of the series.
    const sometimes: DetectorUnderTest = ([value]) => (Math.abs(value * 1e6) % 1 < 0.3 ? points(5) : []);
    const covering = Array.from({ length: 60 }, (_, seed) => {
      const { share } = reportOf('fake', conditions, [[nothing(), tally(sometimes, nothing(), 150, seed)]])
        .falsePositives[0];
      return share.interval[0] <= 0.3 && 0.3 <= share.interval[1];
    }).filter(Boolean).length;
    // Binomial(60, 0.95): 52 or more with probability 0.99; a 90 % interval would be there half the time.
    expect(covering).toBeGreaterThanOrEqual(52);
  });

  it('do not count series that the detector refuses, and say how many those are', () => {
    const [row] = rowOf(([value]) => (value > 0 ? null : points(3)), nothing(), 200).falsePositives;
    expect(row.refused).toBeGreaterThan(0.4);
    expect(row.refused + row.share.value).toBeCloseTo(1, 12);
    expect(row.shareOfTested?.value).toBe(1);
    expect(rowOf(() => null, nothing(), 50).falsePositives[0]).toMatchObject({
      refused: 1,
      shareOfTested: null,
    });
  });

  it('decide only in the families that are promised', () => {
    const hard: Cell = { background: 'slow-wander', effect: null, size: 0, n: 60 };
    expect(rowOf(() => points(3), hard, 60)).toMatchObject({
      passed: true,
      falsePositives: [{ gated: false, verdict: 'FAIL' }],
    });
  });
});

describe('power', () => {
  it('of a detector that sees large steps is 1, without error and without false changes', () => {
    const [row] = rowOf(largestDifferences(1), planted('step'), 40).power;
    expect(row).toMatchObject({
      precision: 1,
      recall: { value: 1 },
      seriesWithFalse: { value: 0 },
      error: { bias: 0, median: 0, p90: 0 },
      coverage: null,
    });
  });

  it('reports how far off the place is, and beyond the margin takes it for a miss and a false change', () => {
    expect(rowOf(largestDifferences(1, 3), planted('step'), 40).power[0].error).toEqual({
      bias: 3,
      median: 3,
      p90: 3,
    });
    expect(rowOf(largestDifferences(1, 11), planted('step'), 40).power[0]).toMatchObject({
      recall: { value: 0 },
      seriesWithFalse: { value: 1 },
      precision: 0,
      error: null,
    });
  });

  it('counts each of several steps, and the false change beside them', () => {
    expect(rowOf(largestDifferences(3), planted('three-steps'), 40).power[0]).toMatchObject({
      recall: { value: 1 },
      precision: 1,
    });
    const [row] = rowOf(largestDifferences(4), planted('three-steps'), 40).power;
    expect(row).toMatchObject({ recall: { value: 1 }, precision: 0.75 });
    expect(rowOf(largestDifferences(1), planted('three-steps'), 40).power[0].recall.value).toBeCloseTo(
      1 / 3,
      12,
    );
  });

  it('says how often a stated interval holds the place', () => {
    const at =
      (from: number, to: number): DetectorUnderTest =>
      (values, alpha) =>
        largestDifferences(1)(values, alpha)!.map(({ index }) => ({
          index,
          interval: [index + from, index + to],
        }));
    const coverage = (from: number, to: number) =>
      rowOf(at(from, to), planted('step'), 40).power[0].coverage?.value;
    // A step at t lies between t − 1 and t.
    expect([coverage(-1, 0), coverage(0, 5), coverage(-5, -1)]).toEqual([1, 0, 0]);
  });

  it('asks that the interval of a transition holds all of it', () => {
    const whole =
      (from: number, to: number): DetectorUnderTest =>
      (values) => {
        // At 1000 sd the ramp stands out of the noise: its first and last difference are above 50.
        const moving = [...values.keys()].filter((i) => i > 0 && Math.abs(values[i] - values[i - 1]) > 50);
        const [first, last] = [moving[0], moving[moving.length - 1]];
        return [{ index: first, interval: [first + from, last + to] }];
      };
    const coverage = (from: number, to: number) =>
      rowOf(whole(from, to), planted('ramp-10'), 40).power[0].coverage?.value;
    expect([coverage(-1, 0), coverage(0, 0), coverage(-1, -1)]).toEqual([1, 0, 0]);
  });

  it.each(effects.map(({ name, shortest }) => [name, shortest] as const))(
    'plants every %s inside the series, at every length',
    (effect, shortest) => {
      for (const n of [40, 50, 399, 1000]) {
        if (n < shortest) continue;
        for (const { name, sd } of backgrounds) {
          if (sd === undefined) continue;
          const cell = { background: name, effect, size: 4, n };
          const { planted: count, series } = tally(() => [], cell, 20);
          expect(count).toBe(effect === 'three-steps' ? 3 * series : series);
        }
      }
    },
  );
});

describe('a tally', () => {
  it('of parts adds up to that of the whole', () => {
    const whole = tally(largestDifferences(2), planted('step', 3), 30);
    const sum = emptyTally();
    for (const [first, count] of [
      [0, 7],
      [7, 13],
      [20, 10],
    ]) {
      addTally(
        sum,
        tallyBatch(largestDifferences(2), { cell: planted('step', 3), first, count }, conditions),
      );
    }
    expect(sum).toEqual(whole);
  });

  it('draws other series from another seed, place in the row, family, length and size', () => {
    const seen = (cell: Cell, first = 0, seed = 1): number => {
      let value = NaN;
      const look: DetectorUnderTest = (values) => {
        value = values[0];
        return [];
      };
      tallyBatch(look, { cell, first, count: 1 }, { alpha: 0.05, seed });
      return value;
    };
    const drawn = [
      seen(nothing()),
      seen(nothing(), 1),
      seen(nothing(), 0, 2),
      seen(nothing(61)),
      seen({ ...nothing(), background: 'heavy-tails' }),
      seen(planted('step', 2)),
      seen(planted('step', 3)),
    ];
    expect(new Set(drawn).size).toBe(drawn.length);
    expect(seen(nothing())).toBe(drawn[0]);
  });
});
