import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localCubic } from '../../src/detectors/local-cubic.ts';
import type { Change, Detection, Series } from '../../src/detectors/types.ts';
import { InputError } from '../../src/errors/input-error.ts';
import { firstOrderAutoregression } from '../../src/numerics/autoregression.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { nullFamily } from '../../src/validity/null-models/null-families.ts';
import { plantChanges } from '../../src/validity/null-models/planted-changes.ts';
import type { PlantedChange } from '../../src/validity/null-models/types.ts';
import { describeWith } from '../requirements.ts';

const N = 399;

describe('a planted step', () => {
  it('is found where it is, with its size, direction and interval', () => {
    const [change, ...others] = changesOf(localCubic(stepAt(200, 5)));
    expect(others).toEqual([]);
    expect(change).toMatchObject({ index: 200, step: 1000, kind: 'level', direction: 'increase' });
    // Beside a free cubic the size has a standard error of 0.49; three of them.
    expect(Math.abs(change.magnitude - 5)).toBeLessThan(1.5);
    expect(Math.abs(change.effect - 5)).toBeLessThan(1.5);
    expect(change.interval[0]).toBeLessThan(1000);
    expect(change.interval[1]).toBeGreaterThanOrEqual(1000);
    // At five sd, a course of ten measurements can hardly be told from a step.
    expect(change.interval[1] - change.interval[0]).toBeLessThanOrEqual(75);
    expect(change.pValue).toBeLessThan(0.001);
  });

  it('falls as it rises: the negated series has the negated changes', () => {
    const { steps, values } = stepAt(150, 4);
    const up = changesOf(localCubic({ steps, values }));
    const down = changesOf(localCubic({ steps, values: values.map((value) => -value) }));
    expect(up).toHaveLength(1);
    expect(down).toEqual([{ ...up[0], direction: 'decrease' }]);
  });

  it('is found on a trend that moves much further than the step', () => {
    const noise = nullFamily('decay').draw(new Float64Array(N), createRandom('trend'));
    const { values } = plantChanges(noise, [{ index: 120, kind: 'level', size: -1.5, width: 1 }]);
    const changes = changesOf(localCubic({ steps: stepsOf(N), values }));
    expect(changes.map(({ index, direction }) => ({ index, direction }))).toEqual([
      { index: 120, direction: 'decrease' },
    ]);
  });

  it.each([60, 20, 12])(
    'is told from others %d measurements away, if it is large enough for that',
    (apart) => {
      const noise = firstOrderAutoregression(N, 0, createRandom('three'));
      const size = apart === 60 ? 5 : 30;
      const planted = [140, 140 + apart, 140 + 2 * apart].map((index, i) => ({
        index,
        kind: 'level' as const,
        size: i === 1 ? -size : size,
        width: 1,
      }));
      const changes = changesOf(
        localCubic({ steps: stepsOf(N), values: plantChanges(noise, planted).values }),
      );
      expect(changes.map(({ index }) => index)).toEqual(planted.map(({ index }) => index));
      changes.forEach(({ magnitude, direction }, i) => {
        expect(direction).toBe(planted[i].size > 0 ? 'increase' : 'decrease');
        expect(Math.abs(magnitude - size)).toBeLessThan(2);
      });
    },
  );
});

describe('a transition of any size is one change, and its interval holds all of it', () => {
  const sizes = [10, 30, 200, 1000];
  const courses: [string, Pick<PlantedChange, 'width' | 'shape'>][] = [
    ...[1, 3, 8, 20, 50].map((width) => [`a straight one over ${width}`, { width }] as const),
    ...[5, 15].map((width) => [`a logistic one over ${width}`, { width, shape: 'logistic' }] as const),
  ].map(([name, course]) => [name, { ...course }]);

  it.each(courses)('%s', (_, course) => {
    // The rounded ends of a small logistic sink into the noise, one time in twenty beyond the interval.
    for (const size of course.shape === 'logistic' ? sizes.slice(1) : sizes) {
      for (const sign of [1, -1]) expectOne({ index: 170, kind: 'level', size: sign * size, ...course }, N);
    }
  });

  it.each([100, 40])('in %d measurements', (n) => {
    for (const width of [1, 5, Math.floor(n / 8)]) {
      for (const size of [30, 300, 1000]) expectOne({ index: n >> 1, kind: 'level', size, width }, n);
    }
  });

  it.each([1, 10])('near both ends, over %d', (width) => {
    for (const size of sizes) {
      expectOne({ index: 5, kind: 'level', size, width }, N);
      expectOne({ index: N - 5 - (width - 1), kind: 'level', size, width }, N);
    }
  });

  it('and its size is that of the whole, in units of a noise that the transition does not touch', () => {
    for (const size of [30, 1000]) {
      for (const course of [{ width: 1 }, { width: 8 }, { width: 5, shape: 'logistic' as const }]) {
        const change = expectOne({ index: 170, kind: 'level', size, ...course }, N);
        expect(change.magnitude / size).toBeCloseTo(1, 0.7);
        expect(change.effect / size).toBeGreaterThan(0.6);
        expect(change.effect / size).toBeLessThan(1.7);
      }
    }
  });

  it('over a fifth of a short series: the larger, the surer', () => {
    for (const size of [30, 100, 300, 1000]) {
      expect(found(100, 0, { size, width: 20, shape: 'logistic' }), `white, ${size}`).toBeGreaterThanOrEqual(
        19,
      );
      expect(found(100, 0.5, { size, width: 10, shape: 'logistic' }), `AR, ${size}`).toBeGreaterThanOrEqual(
        19,
      );
    }
    // Between the widths that are scanned, the misfit of a large one must not pass for noise.
    for (const size of [300, 1000]) expect(found(40, 0.5, { size, width: 5 })).toBeGreaterThanOrEqual(18);
  });

  it('over more than a quarter of its series, if it is large enough', () => {
    expect(found(400, 0, { size: 100, width: 110, shape: 'logistic' })).toBeGreaterThanOrEqual(19);
  });

  /** In how many of 20 series a change in the middle is found. */
  function found(n: number, phi: number, course: Pick<PlantedChange, 'size' | 'width' | 'shape'>): number {
    const { size, width } = course;
    return Array.from({ length: 20 }, (_, seed): number => {
      const noise = firstOrderAutoregression(
        n,
        phi,
        createRandom(`found/${n}/${phi}/${size}/${width}/${seed}`),
      );
      const index = (n >> 1) - (width >> 1) - 5 + (seed % 10);
      const { values } = plantChanges(noise, [{ index, kind: 'level', ...course }]);
      const detection = localCubic({ steps: stepsOf(n), values });
      const held = (change: Change): boolean =>
        change.kind === 'level' && change.index > index - 3 && change.index < index + width + 3;
      return detection.testable && detection.changes.some(held) ? 1 : 0;
    }).reduce((sum, one) => sum + one, 0);
  }

  function expectOne(planted: PlantedChange, n: number): Change {
    const noise = firstOrderAutoregression(n, 0, createRandom(`one/${n}`));
    const { values } = plantChanges(noise, [planted]);
    const changes = changesOf(localCubic({ steps: stepsOf(n), values }));
    const what = `${planted.size} over ${planted.width}`;
    expect(changes.length, what).toBe(1);
    const [{ interval, kind, direction }] = changes;
    expect({ kind, direction }, what).toEqual({
      kind: 'level',
      direction: planted.size > 0 ? 'increase' : 'decrease',
    });
    expect(interval[0] / 5, what).toBeLessThan(planted.index);
    expect(interval[1] / 5, what).toBeGreaterThanOrEqual(planted.index + planted.width - 1);
    return changes[0];
  }
});

describe('where it looked', () => {
  it('is said: five measurements from either end', () => {
    const detection = localCubic(stepAt(200, 5));
    expect(detection).toMatchObject({ testable: true, tested: [25, 5 * (N - 5)] });
  });
});

describe('a level that wanders', () => {
  const walk = (seed: string) => nullFamily('random-walk').draw(new Float64Array(N), createRandom(seed));

  it('is tested for what no run of its increments would do', () => {
    expect(changesOf(localCubic({ steps: stepsOf(N), values: walk('walk') }))).toEqual([]);
    const { values } = plantChanges(walk('walk'), [{ index: 230, kind: 'level', size: 12, width: 1 }]);
    const [change, ...others] = changesOf(localCubic({ steps: stepsOf(N), values }));
    expect(others).toEqual([]);
    expect(change).toMatchObject({ index: 230, kind: 'level', direction: 'increase' });
    expect(Math.abs(change.magnitude - 12)).toBeLessThan(3);
  });

  it('may change its drift', () => {
    const values = walk('drift').map((value, t) => value + (t > 180 ? 1.5 * (t - 180) : 0));
    const changes = changesOf(localCubic({ steps: stepsOf(N), values }));
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ kind: 'slope', direction: 'increase' });
    expect(Math.abs(changes[0].index - 180)).toBeLessThanOrEqual(12);
  });
});

describe('a planted kink', () => {
  it('is a change of slope, its magnitude per training step', () => {
    const noise = firstOrderAutoregression(N, 0, createRandom('kink'));
    const { values } = plantChanges(noise, [{ index: 200, kind: 'slope', size: 0.4, width: 1 }]);
    const changes = changesOf(localCubic({ steps: stepsOf(N), values }));
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ kind: 'slope', direction: 'increase' });
    expect(Math.abs(changes[0].index - 200)).toBeLessThanOrEqual(8);
    // Measured every 5 steps: 0.4 a measurement is 0.08 a step.
    expect(Math.abs(changes[0].magnitude - 0.08)).toBeLessThan(0.02);
  });
});

describe('what is no change', () => {
  const steps = stepsOf(N);
  const noise = () => firstOrderAutoregression(N, 0, createRandom('quiet'));
  const silent = (values: Float64Array) =>
    expect(localCubic({ steps, values })).toMatchObject({ testable: true, changes: [] });

  it('noise', () => silent(noise()));
  it('a spike of 30 sd', () => silent(noise().map((value, t) => (t === 180 ? value + 30 : value))));
  it('a bump that dies out within ten measurements', () =>
    silent(noise().map((value, t) => value + (t < 180 ? 0 : 8 * Math.exp((180 - t) / 3)))));
  it('an exact cubic with rounding errors', () => silent(steps.map((s) => 1 + (s / 500 - 2) ** 3)));
  it('a smooth wave', () => silent(noise().map((value, t) => value + 10 * Math.sin(t / 40))));
  it('a smooth wave of a thousand sd', () => silent(noise().map((v, t) => v + 1000 * Math.sin(t / 40))));
  it('the staircase that a grid makes of a trend', () => {
    silent(noise().map((value, t) => Math.round(60 * (1 - Math.exp(-t / 60)) + 0.1 * value)));
  });

  it('but a step of three grid points is one, where the noise is as coarse as the grid', () => {
    const coarse = (sd: number) =>
      noise().map((value, t) => Math.round(t / 50 + sd * value + (t >= 200 ? 3 : 0)));
    silent(coarse(0.1));
    expect(changesOf(localCubic({ steps, values: coarse(0.9) })).map(({ index }) => index)).toEqual([200]);
  });
});

describe('alpha', () => {
  it('moves the threshold: what is found at a small alpha is found at a larger one', () => {
    let fewer = 0;
    for (let seed = 0; seed < 30; seed++) {
      const series = stepAt(200, 2.2, seed);
      const strict = changesOf(localCubic(series, { alpha: 0.001 }));
      const lax = changesOf(localCubic(series, { alpha: 0.2 }));
      expect(lax.length).toBeGreaterThanOrEqual(strict.length);
      for (const { pValue } of strict) expect(pValue).toBeLessThanOrEqual(0.001);
      for (const { pValue } of lax) expect(pValue).toBeLessThanOrEqual(0.2);
      fewer += lax.length - strict.length;
    }
    expect(fewer).toBeGreaterThan(0);
  });

  it('must be a probability that was simulated', () => {
    for (const alpha of [0, 1, Number.NaN, -0.05]) {
      expect(() => localCubic(stepAt(200, 4), { alpha })).toThrow(InputError);
    }
  });
});

describe('uneven spacing', () => {
  const decades = Float64Array.from({ length: N }, (_, i) => Math.round(10 ** (i / 80)) + i);
  /** Every step of 200, then every hundredth. */
  const denseEarly = Float64Array.from({ length: N }, (_, i) => (i < 200 ? i : 200 + 100 * (i - 199)));
  const missing = stepsOf(N + 1).filter((_, i) => i !== 120);

  it.each([
    ['in decades', decades],
    ['dense early and sparse late', denseEarly],
    ['with one row missing', missing],
  ])('%s is tested, and its steps are those of the measurements', (_, steps) => {
    const [change, ...others] = changesOf(localCubic({ steps, values: stepAt(250, 6).values }));
    expect(others).toEqual([]);
    expect(change).toMatchObject({ index: 250, step: steps[250], direction: 'increase' });
    expect(change.interval[0]).toBeLessThan(steps[250]);
  });

  it('makes no change of a curve that is smooth over training', () => {
    // At 200 the measurements, seen in their order, begin to move a hundred times as fast.
    for (const sd of [0.3, 0.05]) {
      for (let seed = 0; seed < 10; seed++) {
        const noise = firstOrderAutoregression(N, 0, createRandom(`dense/${seed}`));
        const values = noise.map((value, i) => 20 * Math.exp(-denseEarly[i] / 3000) + sd * value);
        expect(changesOf(localCubic({ steps: denseEarly, values }))).toEqual([]);
      }
    }
    const line = (i: number) => missing[i] / 5;
    const values = firstOrderAutoregression(N, 0, createRandom('line')).map((v, i) => 0.1 * v + line(i));
    expect(changesOf(localCubic({ steps: missing, values }))).toEqual([]);
  });
});

describe('a short series', () => {
  it.each([12, 15, 21, 29])('of %d measurements shows what nobody could miss', (n) => {
    const noise = firstOrderAutoregression(n, 0, createRandom(`short/${n}`));
    expect(changesOf(localCubic({ steps: stepsOf(n), values: noise }))).toEqual([]);
    const values = noise.map((value, t) => value + (t >= 6 ? 60 : 0));
    const changes = changesOf(localCubic({ steps: stepsOf(n), values }));
    expect(changes.map(({ index, direction }) => ({ index, direction }))).toEqual([
      { index: 6, direction: 'increase' },
    ]);
  });
});

describe('a series that cannot be tested', () => {
  const good = stepAt(200, 4);
  const cases: [string, Series, string][] = [
    ['is short', { steps: stepsOf(11), values: good.values.slice(0, 11) }, '11 measurements; at least 12'],
    ['is empty', { steps: stepsOf(0), values: new Float64Array(0) }, '0 measurements'],
    ['is very long', { steps: stepsOf(100_001), values: new Float64Array(100_001) }, 'at most 100000'],
    ['is constant', { ...good, values: new Float64Array(N).fill(2) }, 'constant'],
    [
      'has few levels',
      { ...good, values: good.values.map((v) => Math.sign(v)) },
      'distinct values; at least 4',
    ],
    ['has a gap', { ...good, values: good.values.with(7, Number.NaN) }, 'measurement 7 is NaN'],
    ['overflows', { ...good, values: good.values.with(7, -Infinity) }, 'measurement 7 is -Infinity'],
    ['has steps missing', { ...good, steps: stepsOf(N - 1) }, '398 steps for 399 values'],
    ['has unordered steps', { ...good, steps: good.steps.toReversed() }, 'steps must increase'],
    ['has a step twice', { ...good, steps: good.steps.with(8, good.steps[7]) }, 'step 35 follows step 35'],
    ['has a step that is no number', { ...good, steps: good.steps.with(8, Number.NaN) }, 'step 8 is NaN'],
    [
      'is so smooth that even its increments wander',
      { ...good, values: summed(summed(good.values.map((v, t) => (t < 200 ? v : v - 4)))) },
      'wandering',
    ],
  ];
  it.each(cases)('%s', (_, series, reason) => {
    const detection = localCubic(series);
    expect(detection.testable).toBe(false);
    expect((detection as { reason: string }).reason).toContain(reason);
  });

  it('but logs may begin and end between measurements', () => {
    const steps = good.steps.slice();
    steps[0] = 1;
    steps[N - 1] -= 2;
    expect(changesOf(localCubic({ steps, values: good.values }))).toHaveLength(1);
  });

  it('but few values may be distinct, where the noise hides the grid', () => {
    const values = good.values.map((value) => Math.round(value / 1.5));
    expect(new Set(values).size).toBeLessThan(9);
    expect(changesOf(localCubic({ ...good, values })).map(({ index }) => index)).toEqual([200]);
  });
});

describe('any series', () => {
  const value = fc.oneof(
    fc.double(),
    fc.double({ min: -10, max: 10, noNaN: true }),
    fc.integer({ min: 0, max: 20 }),
  );

  it('is answered without a crash, with changes in order and in range', () => {
    const values = fc.oneof(
      fc.array(value, { maxLength: 120 }),
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 12, maxLength: 260 }),
      fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 12, maxLength: 260 }),
    );
    const gap = fc.oneof(fc.constant(5), fc.integer({ min: 1, max: 1000 }));
    fc.assert(
      fc.property(values, fc.array(gap, { minLength: 260, maxLength: 260 }), (given, gaps) => {
        let at = 0;
        const steps = Float64Array.from({ length: given.length }, (_, i) => (at += gaps[i]));
        const series = { steps, values: Float64Array.from(given) };
        const detection = localCubic(series);
        expect(localCubic(series)).toEqual(detection);
        if (!detection.testable) return;
        detection.changes.forEach((change, i) => {
          expect(change.step).toBe(series.steps[change.index]);
          if (i > 0) expect(change.index).toBeGreaterThanOrEqual(detection.changes[i - 1].index);
          expect(change.interval[0]).toBeLessThan(change.step);
          expect(change.interval[1]).toBeGreaterThanOrEqual(change.step);
          expect(change.step).toBeGreaterThanOrEqual(detection.tested[0]);
          expect(change.step).toBeLessThanOrEqual(detection.tested[1]);
          expect(Number.isFinite(change.magnitude) && Number.isFinite(change.effect)).toBe(true);
          expect(change.pValue).toBeGreaterThan(0);
          expect(change.pValue).toBeLessThanOrEqual(0.05);
        });
      }),
      { numRuns: 150 },
    );
  });

  it('stays untouched', () => {
    const { steps, values } = stepAt(200, 4);
    const before = values.slice();
    localCubic({ steps, values });
    expect(values).toEqual(before);
  });
});

const cases = resolve(import.meta.dirname, '../../../shared/cases');
const givenSeries = {
  missing: existsSync(cases) ? null : '../shared/cases is not here',
  demanded: process.env.RANKSCOPE_REQUIRE_SHARED === '1',
};

describeWith(givenSeries, 'given series', () => {
  const columns = (file: string): Map<string, Float64Array> => {
    const [head, ...rows] = readFileSync(resolve(cases, file), 'utf8').trim().split('\n');
    const cells = rows.map((row) => row.split(',').map(Number));
    return new Map(head.split(',').map((name, j) => [name, Float64Array.from(cells, (row) => row[j])]));
  };

  it.each([
    ['series/one_missing.csv', 10050],
    ['series/logsteps.csv', 1142],
  ])('%s is unevenly spaced, and changes at step %d', (file, step) => {
    const table = columns(file);
    const changes = changesOf(localCubic({ steps: table.get('step')!, values: table.get('loss')! }));
    expect(changes.map((change) => [change.step, change.direction])).toEqual([[step, 'increase']]);
  });

  it.each(['tau0.1', 'tau1', 'tau2', 'tau3', 'tau4', 'tau8', 'tau20'])(
    'the rise %s is one change',
    (column) => {
      const values = columns('transitions/sweep.csv').get(column)!;
      const changes = changesOf(localCubic({ steps: stepsOf(values.length), values }));
      expect(changes).toHaveLength(1);
      expect(changes[0]).toMatchObject({ direction: 'increase', kind: 'level' });
      expect(changes[0].interval[0]).toBeLessThan(750);
      expect(changes[0].interval[1]).toBeGreaterThan(750);
    },
  );
});

function stepsOf(n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, t) => 5 * t);
}

function stepAt(index: number, size: number, seed: string | number = 'step'): Series {
  const noise = firstOrderAutoregression(N, 0, createRandom(seed));
  return {
    steps: stepsOf(N),
    values: plantChanges(noise, [{ index, kind: 'level', size, width: 1 }]).values,
  };
}

function summed(increments: Float64Array): Float64Array {
  let level = 0;
  return increments.map((increment) => {
    level += increment;
    return level;
  });
}

function changesOf(detection: Detection): readonly Change[] {
  if (!detection.testable) throw new Error(detection.reason);
  return detection.changes;
}
