import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localCubic } from '../../../src/dynamics/detectors/local-cubic.ts';
import type { Change, Detection, Series } from '../../../src/dynamics/types.ts';
import { InputError } from '../../../src/errors/input-error.ts';
import { firstOrderAutoregression } from '../../../src/numerics/autoregression.ts';
import { createRandom } from '../../../src/numerics/random.ts';
import { nullFamily } from '../../../src/validity/null-models/null-families.ts';
import { plantChanges } from '../../../src/validity/null-models/planted-changes.ts';

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
    expect(change.interval[1] - change.interval[0]).toBeLessThanOrEqual(25);
    expect(change.pValue).toBeLessThan(0.001);
  });

  it('falls as it rises: the negated series has the negated changes', () => {
    const { steps, values } = stepAt(150, 4);
    const up = changesOf(localCubic({ steps, values }));
    const down = changesOf(localCubic({ steps, values: values.map((value) => -value) }));
    expect(up).toHaveLength(1);
    expect(down).toEqual([{ ...up[0], direction: 'decrease' }]);
  });

  it('is the same in other units: only its magnitude scales', () => {
    const { steps, values } = stepAt(250, 4);
    const plain = changesOf(localCubic({ steps, values }));
    expect(plain).toHaveLength(1);
    for (const scale of [2 ** -400, 2 ** 10, 2 ** 400]) {
      const scaled = changesOf(localCubic({ steps, values: values.map((value) => value * scale) }));
      expect(scaled).toHaveLength(1);
      expect(scaled[0].index).toBe(plain[0].index);
      expect(scaled[0].effect / plain[0].effect).toBeCloseTo(1, 6);
      expect(scaled[0].magnitude / scale / plain[0].magnitude).toBeCloseTo(1, 6);
    }
  });

  it('is found on a trend that moves much further than the step', () => {
    const noise = nullFamily('decay').draw(new Float64Array(N), createRandom('trend'));
    const { values } = plantChanges(noise, [{ index: 120, kind: 'level', size: -1.5, width: 1 }]);
    const changes = changesOf(localCubic({ steps: stepsOf(N), values }));
    expect(changes.map(({ index, direction }) => ({ index, direction }))).toEqual([
      { index: 120, direction: 'decrease' },
    ]);
  });

  it('is told from others 60 measurements away', () => {
    const noise = firstOrderAutoregression(N, 0, createRandom('three'));
    const planted = [140, 200, 260].map((index, i) => ({
      index,
      kind: 'level' as const,
      size: i === 1 ? -5 : 5,
      width: 1,
    }));
    const changes = changesOf(localCubic({ steps: stepsOf(N), values: plantChanges(noise, planted).values }));
    expect(changes.map(({ index }) => index)).toEqual([140, 200, 260]);
    changes.forEach(({ magnitude, direction }, i) => {
      expect(direction).toBe(planted[i].size > 0 ? 'increase' : 'decrease');
      expect(Math.abs(magnitude - Math.abs(planted[i].size))).toBeLessThan(1.2);
    });
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
    expect(localCubic({ steps, values })).toEqual({ testable: true, changes: [] });

  it('noise', () => silent(noise()));
  it('a spike of 30 sd', () => silent(noise().map((value, t) => (t === 180 ? value + 30 : value))));
  it('a bump that dies out within ten measurements', () =>
    silent(noise().map((value, t) => value + (t < 180 ? 0 : 8 * Math.exp((180 - t) / 3)))));
  it('an exact cubic with rounding errors', () => silent(steps.map((s) => 1 + (s / 500 - 2) ** 3)));
  it('a smooth wave', () => silent(noise().map((value, t) => value + 10 * Math.sin(t / 40))));
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

describe('a series that cannot be tested', () => {
  const good = stepAt(200, 4);
  const cases: [string, Series, string][] = [
    ['is short', { steps: stepsOf(29), values: good.values.slice(0, 29) }, '29 measurements; at least 30'],
    ['is empty', { steps: stepsOf(0), values: new Float64Array(0) }, '0 measurements'],
    ['is very long', { steps: stepsOf(100_001), values: new Float64Array(100_001) }, 'at most 100000'],
    ['is constant', { ...good, values: new Float64Array(N).fill(2) }, '1 distinct values; at least 8'],
    [
      'has few levels',
      { ...good, values: good.values.map((v) => Math.sign(v)) },
      'distinct values; at least 8',
    ],
    ['has a gap', { ...good, values: good.values.with(7, Number.NaN) }, 'measurement 7 is NaN'],
    ['overflows', { ...good, values: good.values.with(7, -Infinity) }, 'measurement 7 is -Infinity'],
    ['has too wide a range', { ...good, values: good.values.map((v) => (v - 2) * 3e307) }, 'range'],
    ['has steps missing', { ...good, steps: stepsOf(N - 1) }, '398 steps for 399 values'],
    ['is unevenly measured', { ...good, steps: good.steps.map((s) => s * s) }, 'spacing must be even'],
    ['has unordered steps', { ...good, steps: good.steps.toReversed() }, 'spacing must be even'],
  ];
  it.each(cases)('%s', (_, series, reason) => {
    const detection = localCubic(series);
    expect(detection.testable).toBe(false);
    expect((detection as { reason: string }).reason).toContain(reason);
  });

  it('wanders by itself', () => {
    const values = nullFamily('random-walk').draw(new Float64Array(N), createRandom('walk'));
    expect(localCubic({ steps: stepsOf(N), values })).toMatchObject({
      testable: false,
      reason: expect.stringContaining('wandering'),
    });
  });

  it('but logs may begin and end between measurements', () => {
    const steps = good.steps.slice();
    steps[0] = 1;
    steps[N - 1] -= 2;
    expect(changesOf(localCubic({ steps, values: good.values }))).toHaveLength(1);
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
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 30, maxLength: 260 }),
      fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 30, maxLength: 260 }),
    );
    fc.assert(
      fc.property(values, (given) => {
        const series = { steps: stepsOf(given.length), values: Float64Array.from(given) };
        const detection = localCubic(series);
        expect(localCubic(series)).toEqual(detection);
        if (!detection.testable) return;
        detection.changes.forEach((change, i) => {
          expect(change.step).toBe(series.steps[change.index]);
          if (i > 0) expect(change.index).toBeGreaterThanOrEqual(detection.changes[i - 1].index);
          expect(change.interval[0]).toBeLessThan(change.step);
          expect(change.interval[1]).toBeGreaterThanOrEqual(change.step);
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

function changesOf(detection: Detection): readonly Change[] {
  if (!detection.testable) throw new Error(detection.reason);
  return detection.changes;
}
