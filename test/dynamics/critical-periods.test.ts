import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coordination } from '../../src/dynamics/coordination.ts';
import { criticalMeasurements } from '../../src/dynamics/critical-measurements.ts';
import { criticalPeriods } from '../../src/dynamics/critical-periods.ts';
import { coordinationInWords } from '../../src/dynamics/critical-periods-in-words.ts';
import { lossCoupling } from '../../src/dynamics/loss-coupling.ts';
import { describeCurve } from '../../src/dynamics/stretches/describe-curve.ts';
import { createRandom, type Random } from '../../src/numerics/random.ts';
import { measurements, mostBy, noisy, steps } from './planted-series.ts';

const intervals = measurements - 1;

/** About 40 critical intervals in bursts of four, wherever chance puts them. */
function bursts(rng: Random): Uint32Array {
  const set = new Set<number>();
  for (let burst = 0; burst < 10; burst++) {
    const start = rng.integer(intervals - 4);
    for (let i = 0; i < 4; i++) set.add(start + i);
  }
  return Uint32Array.from(set).sort();
}

/** A loss that falls or rises at random, in stretches. */
function wanderingLoss(rng: Random): Float64Array {
  const slope = noisy(() => 0, 1, rng, 0.6);
  let loss = 100;
  return slope.map((change) => {
    loss += change;
    return loss;
  });
}

describe('critical measurements', () => {
  it('are the intervals whose rate exceeds the percentile strictly, per true step', () => {
    // The change over the interval of 50 steps is the largest, its rate is not.
    const unevenSteps = Float64Array.from({ length: 41 }, (_, i) => (i <= 20 ? i : i + 49));
    const values = Float64Array.from(
      unevenSteps,
      (_, i) => (i > 30 ? 4 : 0) + (i > 20 ? 5 : 0) + i * 0.01 * (i % 3),
    );
    const found = criticalMeasurements({ steps: unevenSteps, values }, 90);
    expect(found.determined && [...found.intervals]).toContain(30);
    expect(found.determined && [...found.intervals]).not.toContain(20);
    expect(found.determined && found.intervals.length).toBe(4);
  });

  it('are undetermined for series that are constant, constant but for rounding, or short', () => {
    const rng = createRandom('rounding');
    const rounding = Float64Array.from(steps, () => 10 + (rng.integer(3) - 1) * 2 ** -49);
    for (const values of [new Float64Array(measurements).fill(1), rounding]) {
      expect(criticalMeasurements({ steps, values }, 90)).toMatchObject({
        determined: false,
        reason: 'the series is constant but for rounding',
      });
    }
    expect(criticalMeasurements({ steps: steps.slice(0, 9), values: steps.slice(0, 9) }, 90)).toMatchObject({
      determined: false,
    });
  });

  it('skip the intervals that touch an undetermined value, and count them', () => {
    const values = noisy(() => 0, 1, createRandom('gaps'));
    values[0] = values[50] = values[51] = Number.NaN;
    const found = criticalMeasurements({ steps, values }, 90);
    expect(found.undetermined).toBe(4);
    for (const i of [0, 49, 50, 51]) expect(found.determined && found.intervals.includes(i)).toBe(false);
  });
});

describe('coordination', () => {
  it('rejects independent bursting layers at most at its level', () => {
    const rng = createRandom('independent');
    const rejected = Array.from({ length: 300 }, (_, trial) => {
      const random = rng.fork(trial);
      const layers = Array.from({ length: 6 }, () => bursts(random));
      const found = coordination(layers, intervals, random, { shifts: 199 });
      if (!found.determined) throw new Error(found.reason);
      // Periods and p-value are one test: there is a period exactly when the maximum is significant.
      expect(found.periods.length > 0).toBe(found.maximum.pValue <= 0.05);
      return found.maximum.pValue <= 0.05;
    }).filter(Boolean).length;
    expect(rejected).toBeLessThanOrEqual(mostBy(0.05, 300));
  });

  it('finds the stretch in which all layers are critical together', () => {
    const rng = createRandom('together');
    const layers = Array.from({ length: 6 }, () => {
      const planted = new Set([...bursts(rng), 200, 201, 202, 203]);
      return Uint32Array.from(planted).sort();
    });
    const found = coordination(layers, intervals, rng);
    if (!found.determined) throw new Error(found.reason);
    expect(found.maximum).toMatchObject({ share: 1, interval: 200 });
    expect(found.maximum.pValue).toBeLessThan(0.01);
    expect(found.periods).toContainEqual({ first: 200, last: 203, peakShare: 1 });
    expect(found.threshold).toBeGreaterThan(found.baseRate);
  });

  it('shares add up to the critical intervals, and the base rate is their mean', () => {
    const layer = fc.uniqueArray(fc.nat(39), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(fc.array(layer, { minLength: 2, maxLength: 5 }), (sets) => {
        const critical = sets.map((set) => Uint32Array.from(set).sort());
        const found = coordination(critical, 40, createRandom(1), { shifts: 19 });
        if (!found.determined) throw new Error(found.reason);
        const total = critical.reduce((sum, { length }) => sum + length, 0);
        expect(found.share.reduce((a, b) => a + b) * sets.length).toBeCloseTo(total, 9);
        expect(found.baseRate).toBeCloseTo(total / (40 * sets.length), 12);
        expect(found.maximum.share).toBe(Math.max(...found.share));
      }),
    );
  });

  it('with two layers that meet by chance anyway no share is a threshold', () => {
    const every = Uint32Array.from({ length: 20 }, (_, i) => 2 * i);
    const found = coordination([every, every], 40, createRandom(1));
    expect(found).toMatchObject({ determined: true, threshold: null, periods: [] });
  });

  it('is undetermined for a single layer', () => {
    expect(coordination([Uint32Array.of(1)], 40, createRandom(1))).toMatchObject({ determined: false });
  });
});

describe('loss coupling', () => {
  it('rejects layers that know nothing of the loss at most at its level, and its interval then holds 0', () => {
    const rng = createRandom('uncoupled');
    let [rejected, missed] = [0, 0];
    for (let trial = 0; trial < 300; trial++) {
      const random = rng.fork(trial);
      const found = lossCoupling(
        [bursts(random), bursts(random), bursts(random)],
        wanderingLoss(random),
        random,
      );
      if (!found.determined) throw new Error(found.reason);
      if (found.pValue <= 0.05) rejected++;
      if (found.interval[0] > 0 || found.interval[1] < 0) missed++;
    }
    expect(rejected).toBeLessThanOrEqual(mostBy(0.05, 300));
    expect(missed).toBeLessThanOrEqual(mostBy(0.05, 300));
  });

  it('counts shares by hand: 3 of 4 critical intervals with a falling loss, 10 of 20 anyway', () => {
    const loss = Float64Array.from({ length: 21 }, (_, i) => (i % 2 === 0 ? 1 : 0));
    // The loss falls in the even intervals.
    const found = lossCoupling([Uint32Array.of(0, 2), Uint32Array.of(2, 3)], loss, createRandom(1));
    expect(found).toMatchObject({ share: 0.75, baseRate: 0.5, difference: 0.25, criticalMeasurements: 4 });
    // The loss alternates, so half of all shifts give this difference and the other half its opposite.
    expect(found).toMatchObject({ pValue: 1 });
  });

  it('sees critical measurements that go with falls of the loss', () => {
    const rng = createRandom('coupled');
    const layers = [bursts(rng), bursts(rng)];
    const fast = new Set(layers.flatMap((layer) => [...layer]));
    let loss = 100;
    const values = Float64Array.from(steps, (_, i) => {
      if (i > 0) loss += fast.has(i - 1) ? -1 : rng.normal();
      return loss;
    });
    const found = lossCoupling(layers, values, rng);
    if (!found.determined) throw new Error(found.reason);
    expect(found.share).toBe(1);
    expect(found.pValue).toBeLessThan(0.01);
    expect(found.interval[0]).toBeGreaterThan(0);
  });

  it('is undetermined, with a reason, where the loss always falls, is unknown, or nothing is critical', () => {
    const falling = Float64Array.from(steps, (step) => -step);
    const rng = createRandom(1);
    expect(lossCoupling([Uint32Array.of(1)], falling, rng)).toMatchObject({
      reason: 'the loss falls in every interval',
    });
    expect(lossCoupling([Uint32Array.of(1)], falling.fill(Number.NaN), rng)).toMatchObject({
      determined: false,
    });
    expect(lossCoupling([], wanderingLoss(rng), rng)).toMatchObject({
      reason: 'there are no critical measurements',
    });
  });
});

describe('critical periods of a run', () => {
  const rng = createRandom('run');
  const loss = wanderingLoss(rng);
  const together = (i: number): number => 10 * Math.max(0, Math.min(1, (i - 150) / 10));
  const layers = Array.from({ length: 6 }, (_, i) => ({
    name: `layer ${i}`,
    curve: describeCurve({ steps, values: noisy(together, 0.05, rng.fork(i)) }),
  }));

  it('gives a planted common period in true training steps', () => {
    const found = criticalPeriods({ steps, loss, layers }, createRandom(1));
    if (!found.coordination.determined) throw new Error(found.coordination.reason);
    expect(found.coordination.periods).toHaveLength(1);
    const [{ from, to, peakShare }] = found.coordination.periods;
    expect(Math.abs(from - 750)).toBeLessThanOrEqual(10);
    expect(Math.abs(to - 800)).toBeLessThanOrEqual(10);
    expect(peakShare).toBe(1);
    expect(found.coordination.share).toHaveLength(found.steps.length);
    expect(found.steps[0]).toBe(5);
  });

  it('counts a layer that never moves as never fast, and leaves out one that cannot be described', () => {
    const dead = describeCurve({ steps, values: new Float64Array(measurements).fill(1) });
    const empty = describeCurve({ steps, values: new Float64Array(measurements).fill(Number.NaN) });
    const more = [...layers, { name: 'dead', curve: dead }, { name: 'empty', curve: empty }];
    const found = criticalPeriods({ steps, loss, layers: more }, createRandom(1));
    expect(found.layers.at(-2)).toEqual({ layer: 'dead', determined: true, fast: [] });
    expect(found.layers.at(-1)).toMatchObject({ layer: 'empty', determined: false });
    expect(found.coordination).toMatchObject({ layers: 7, maximum: { share: 6 / 7 } });
  });

  it('are none in noise, of which every series has a fastest tenth', () => {
    const quiet = Array.from({ length: 6 }, (_, i) => ({
      name: `quiet ${i}`,
      curve: describeCurve({ steps, values: noisy(() => 1, 0.1, rng.fork(`quiet ${i}`)) }),
    }));
    const { coordination: found } = criticalPeriods({ steps, loss, layers: quiet }, createRandom(1));
    expect(found).toEqual({
      determined: false,
      reason: '0 of 6 layers are fast anywhere; at least 2 are needed',
    });
    expect(coordinationInWords(found)).toBe(
      'not testable: 0 of 6 layers are fast anywhere; at least 2 are needed',
    );
  });

  it('are said in words: which, or why there are none; never "0 periods" beside a share of 100 %', () => {
    const two = criticalPeriods({ steps, loss, layers: layers.slice(0, 2) }, createRandom(1)).coordination;
    if (!two.determined) throw new Error(two.reason);
    const all = criticalPeriods({ steps, loss, layers }, createRandom(1)).coordination;
    expect(coordinationInWords(all)).toMatch(/^steps 7[45]\d?–8[01]\d?, up to 6 of 6 \(p /);
    const alone = { ...two, threshold: null, periods: [] };
    expect(coordinationInWords(alone)).toMatch(
      /^not testable: even all 2 layers at once would come about by chance in more than 5 % of runs/,
    );
    const chance = { ...two, threshold: 1, periods: [], maximum: { share: 0.5, step: 10, pValue: 0.4 } };
    expect(coordinationInWords(chance)).toBe(
      'no more layers at once than independent ones would be: at most 1 of 2 layers at step 10 (p = 0.4)',
    );
    for (const found of [all, alone, chance]) {
      expect(coordinationInWords(found)).not.toMatch(/\b0;|100 %/);
    }
  });

  it('survives JSON unchanged', () => {
    const found = criticalPeriods({ steps, loss, layers }, createRandom(1));
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it('refuses series of the wrong length', () => {
    const short = { steps, loss: new Float64Array(3), layers };
    expect(() => criticalPeriods(short, rng)).toThrow('3 values for 400 steps');
  });
});
