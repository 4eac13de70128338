import { describe, expect, it } from 'vitest';
import { changesOfRun, changesOfRuns } from '../../../src/dynamics/run-changes/changes-of-run.ts';
import type { RunChange, RunChanges } from '../../../src/dynamics/run-changes/types.ts';
import { InputError } from '../../../src/errors/input-error.ts';
import type { Run } from '../../../src/measurements/types.ts';
import { createRandom } from '../../../src/numerics/random.ts';
import { nullRunNamed } from '../../../src/validity/run-changes/null-runs.ts';
import { type SimulatedChange, simulateRun } from '../../../src/validity/run-changes/simulate-run.ts';
import { loggedRun } from './logged-run.ts';

const family = { ...nullRunNamed('swinging'), volatility: 0.1 };
const drawn = (seed: number | string, change?: SimulatedChange, n = 400): Run =>
  simulateRun(family, n, createRandom(seed), { change });
const tested = (result: RunChanges): Extract<RunChanges, { testable: true }> => {
  if (!result.testable) throw new Error(result.reason);
  return result;
};
const changesIn = (run: Run): readonly RunChange[] => tested(changesOfRun(run)).changes;

describe('changes of a run as a whole', () => {
  it('are none where nothing changes', () => {
    for (const seed of [1, 2, 3]) {
      const result = tested(changesOfRun(drawn(seed)));
      expect(result.changes).toEqual([]);
      expect(result.pValue).toBeGreaterThan(0.05);
    }
  });

  const planted: [string, Omit<SimulatedChange, 'at'>][] = [
    ['slower', { pace: 0.1 }],
    ['faster', { pace: 8 }],
    ['elsewhere', { jump: 60 }],
    ['elsewhere and back', { jump: 80, recovery: 10 }],
  ];
  for (const [name, change] of planted) {
    it(`are found where they are: ${name}`, () => {
      const [found, ...others] = changesIn(drawn(1, { at: 200, ...change }));
      expect(Math.abs(found.index - 200)).toBeLessThanOrEqual(4);
      expect(found.step).toBe(5 * found.index);
      expect(found.interval[0]).toBeLessThanOrEqual(995);
      expect(found.interval[1]).toBeGreaterThanOrEqual(1000);
      expect(found.strength).toBeGreaterThan(1);
      expect(found.pValue).toBeLessThanOrEqual(0.05);
      expect(found.kind).toBe('change');
      expect(others.filter(({ kind }) => kind === 'change')).toEqual([]);
    });
  }

  it('say which series carry them', () => {
    const slower = changesIn(drawn(1, { at: 200, pace: 0.1 }))[0];
    expect(slower.moved[0].quantity).toMatch(/pace|velocity/);
    expect(slower.moved[0].score).toBeLessThan(0);
    expect(slower.moved[0].after!).toBeLessThan(slower.moved[0].before!);
    const elsewhere = changesIn(drawn(1, { at: 200, jump: 60 }))[0];
    expect(elsewhere.moved.map(({ quantity }) => quantity)).toContain('size');
    expect(elsewhere.moved.map(({ strength }) => strength)).toEqual(
      elsewhere.moved.map(({ strength }) => strength).toSorted((a, b) => b - a),
    );
  });

  it('are told from what follows them, and what follows is no new change', () => {
    const { changes } = tested(changesOfRun(drawn(4, { at: 200, jump: 300, recovery: 25 })));
    expect(changes.filter(({ kind }) => kind === 'change')).toHaveLength(1);
    for (const { kind, after } of changes.slice(1))
      expect([kind, after]).toEqual(['recovery', changes[0].step]);
  });

  it('are two where there are two', () => {
    const run = drawn(1, { at: 150, pace: 0.1 });
    const again = drawn(1, { at: 290, pace: 0.1 });
    // The second half of a run that changed at 150, and a step of everything at 290.
    const layers = run.layers.map((layer, l) => ({
      ...layer,
      spectra: {
        raw: null,
        centered: layer.spectra!.centered!.map((spectrum, t) =>
          t < 290 ? spectrum : spectrum.map((v) => 1.5 * v),
        ),
      },
      series: again.layers[l].series && layer.series,
    }));
    const found = changesIn({ ...run, layers }).filter(({ kind }) => kind === 'change');
    expect(found.map(({ index }) => Math.round(index / 10))).toEqual([15, 29]);
  });

  it('find a layer that comes to rest, without an infinite strength', () => {
    const run = drawn(1);
    const [first, ...others] = run.layers;
    const { centered } = first.spectra!;
    const frozen = centered!.map((spectrum, t) => (t < 200 ? spectrum : centered![200]));
    const layers = [{ ...first, spectra: { centered: frozen, raw: null } }, ...others];
    const [found] = changesIn({ ...run, layers });
    expect(Math.abs(found.index - 201)).toBeLessThanOrEqual(2);
    expect(found.moved[0]).toMatchObject({
      layer: first.name,
      name: 'singular_value_velocity',
    });
    // What float32 can tell, as a share of each singular value.
    expect(found.moved[0].after).toBeGreaterThan(1e-7);
    expect(found.moved[0].after).toBeLessThan(1e-6);
    expect(found.strength).toBeLessThan(1000);
  });

  it('are stricter for a smaller alpha', () => {
    const run = drawn(1, { at: 200, pace: 0.1 });
    const strengthAt = (alpha: number): number =>
      tested(changesOfRun(run, { alpha })).changes[0]?.strength ?? 0;
    expect(strengthAt(0.01)).toBeLessThan(strengthAt(0.05));
    expect(strengthAt(0.05)).toBeLessThan(strengthAt(0.2));
    for (const alpha of [0, 1, Number.NaN]) expect(() => changesOfRun(run, { alpha })).toThrow(InputError);
  });

  it('do not depend on how the steps are called', () => {
    const run = drawn(1, { at: 200, pace: 0.1 });
    const renamed = { ...run, steps: run.steps.map((step) => 1000 + 7 * step) };
    expect(changesIn(renamed).map(({ index }) => index)).toEqual(changesIn(run).map(({ index }) => index));
  });

  it('are the same, asked again', () => {
    const run = drawn(1, { at: 200, pace: 0.1 });
    expect(changesOfRun(run)).toEqual(changesOfRun(run));
  });

  it('can be written as JSON', () => {
    const result = changesOfRun(drawn(1, { at: 200, pace: 0.1 }));
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });
});

describe('a short run', () => {
  it('of 40 measurements has its changes found as well', () => {
    const [found] = changesIn(drawn(2, { at: 20, jump: 60 }, 40));
    expect(Math.abs(found.index - 20)).toBeLessThanOrEqual(1);
  });

  it('says where a change would not have been seen', () => {
    const { tested: range } = tested(changesOfRun(drawn(2, undefined, 40)));
    expect(range[0]).toBeGreaterThan(0);
    expect(range[0]).toBeLessThan(75);
    expect(range[1]).toBeLessThanOrEqual(195);
  });

  it('says so if it is too short', () => {
    expect(changesOfRun(drawn(2, undefined, 8))).toEqual({
      testable: false,
      reason: '8 measurements; at least 12 are needed',
    });
  });
});

describe('a run that says nothing', () => {
  const still = loggedRun(Array.from({ length: 100 }, () => [4, 3]));

  it('is not testable where nothing ever changes', () => {
    const silent = { ...still, loss: still.loss.map(() => Number.NaN) };
    expect(changesOfRun(silent)).toEqual({
      testable: false,
      reason: 'no series of the run has values above 0 that change',
    });
  });

  it('is tested on what it has, and says what it has not', () => {
    const result = tested(changesOfRun(still));
    expect(result.changes).toEqual([]);
    expect(result.leftOut.map(({ run, name, layer }) => [run, name, layer])).toEqual([
      ['logged', 'participation_ratio', 'fc'],
      ['logged', 'stable_rank', 'fc'],
      ['logged', 'spectral_norm', 'fc'],
      ['logged', 'singular_value_velocity', 'fc'],
    ]);
  });

  it('is tested without spectra', () => {
    const run = drawn(1, { at: 200, jump: 400 });
    const bare = { ...run, layers: run.layers.map((layer) => ({ ...layer, spectra: null })) };
    expect(changesIn(bare).some(({ index }) => Math.abs(index - 200) <= 2)).toBe(true);
  });

  it('lives with values that are missing, infinite or far too large', () => {
    const run = drawn(1, { at: 200, pace: 0.1 });
    const loss = run.loss.map((value, t) =>
      t % 7 === 0 ? Number.NaN : t % 11 === 0 ? Number.POSITIVE_INFINITY : 1e300 * value,
    );
    const [found] = changesIn({ ...run, loss });
    expect(Math.abs(found.index - 200)).toBeLessThanOrEqual(4);
  });

  it('is not said to change where it was measured more seldom', () => {
    const run = drawn(3);
    const kept = Array.from({ length: 400 }, (_, t) => t).filter((t) => t < 200 || t % 4 === 0);
    const at = (values: Float64Array): Float64Array => Float64Array.from(kept, (t) => values[t]);
    const sparser: Run = {
      ...run,
      steps: at(run.steps),
      loss: at(run.loss),
      layers: run.layers.map((layer) => ({
        ...layer,
        series: new Map([...layer.series].map(([id, one]) => [id, { ...one, values: at(one.values) }])),
        spectra: { centered: kept.map((t) => layer.spectra!.centered![t]), raw: null },
      })),
    };
    expect(changesIn(sparser)).toEqual([]);
  });
});

describe('several runs', () => {
  const change = { at: 200, pace: 0.3 };
  const runs = ['a', 'b', 'c'].map((seed) => drawn(seed, change));

  it('show together what none of them shows', () => {
    for (const run of runs) expect(changesIn(run)).toEqual([]);
    const { changes, runs: count } = tested(changesOfRuns(runs));
    expect(count).toBe(3);
    expect(changes).toHaveLength(1);
    expect(Math.abs(changes[0].index - 200)).toBeLessThanOrEqual(5);
  });

  it('show nothing together where nothing happens', () => {
    expect(tested(changesOfRuns(['d', 'e', 'f'].map((seed) => drawn(seed)))).changes).toEqual([]);
  });

  it('must have been measured at the same steps', () => {
    const other = { ...drawn('b', change), id: 'other', steps: runs[0].steps.map((step) => step + 1) };
    const { runs: count, leftOut } = tested(changesOfRuns([...runs, other]));
    expect(count).toBe(3);
    expect(leftOut).toEqual([{ run: 'other', name: 'run', layer: null, reason: 'measured at other steps' }]);
  });

  it('are at least one', () => {
    expect(() => changesOfRuns([])).toThrow('runs is 0; allowed: at least one run');
  });
});

describe('a run against controls', () => {
  const controls = ['x', 'y', 'z', 'u'].map((seed) => drawn(seed));

  it('shows a change too early for a past', () => {
    const early = drawn('a', { at: 16, jump: 40 });
    expect(changesIn(early).filter(({ index }) => index < 25)).toEqual([]);
    const { changes, controls: count } = tested(changesOfRun(early, { against: controls }));
    expect(count).toBe(4);
    expect(Math.abs(changes[0].index - 16)).toBeLessThanOrEqual(1);
  });

  it('shows nothing where it is like them', () => {
    expect(tested(changesOfRun(drawn('a'), { against: controls })).changes).toEqual([]);
  });

  it('needs two that were measured at its steps', () => {
    expect(changesOfRun(drawn('a'), { against: [controls[0], drawn('y', undefined, 300)] })).toEqual({
      testable: false,
      reason: '1 control run has the network, the data and the steps of simulated; at least 2 are needed',
    });
  });
});
