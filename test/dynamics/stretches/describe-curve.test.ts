import { describe, expect, it } from 'vitest';
import { describeCurve } from '../../../src/dynamics/stretches/describe-curve.ts';
import { createRandom } from '../../../src/numerics/random.ts';
import { described, indices, kinds, noisyCurve, ramp, walk } from './curves.ts';

const describeValues = (values: Float64Array, options = {}) =>
  described(describeCurve({ steps: indices(values.length), values }, options));

describe('what a curve does', () => {
  it('is a level where nothing but noise is', () => {
    const { stretches, turningPoints, noise } = describeValues(noisyCurve(400, () => 5, 0.1, 'level'));
    expect(stretches).toHaveLength(1);
    expect(stretches[0]).toMatchObject({ kind: 'level', pace: null, toldFrom: null, pValue: null });
    expect(turningPoints).toEqual([]);
    expect(noise.sd).toBeCloseTo(0.1, 1);
  });

  it('is a rise between two levels, with its places, values, rate and what it is told from', () => {
    const curve = describeValues(noisyCurve(400, (i) => 3 + 5 * ramp(100, 40)(i), 0.1, 'rise'));
    expect(kinds(curve)).toEqual(['level', 'rise', 'level']);
    const rise = curve.stretches[1];
    expect(Math.abs(rise.from.index - 100)).toBeLessThanOrEqual(3);
    expect(Math.abs(rise.to.index - 140)).toBeLessThanOrEqual(3);
    expect(rise.from.interval[0]).toBeLessThanOrEqual(100);
    expect(rise.from.interval[1]).toBeGreaterThanOrEqual(100);
    expect(rise.fromValue).toBeCloseTo(3, 1);
    expect(rise.toValue).toBeCloseTo(8, 1);
    expect(rise.amplitude.interval[0]).toBeLessThan(5);
    expect(rise.amplitude.interval[1]).toBeGreaterThan(5);
    expect(rise.relativeAmplitude).toBeCloseTo(5 / 3, 1);
    expect(rise.amplitudeInNoise).toBeGreaterThan(30);
    expect(rise.amplitudeInNoise).toBeLessThan(75);
    expect(rise.rate.interval[0]).toBeLessThan(5 / 40);
    expect(rise.rate.interval[1]).toBeGreaterThan(5 / 40);
    expect(rise).toMatchObject({ pace: 'fast', toldFrom: 'walk' });
    expect(rise.pValue).toBeLessThan(0.001);
  });

  it('wanders where increments without a direction carry it away', () => {
    const kindsOfWalks = Array.from({ length: 20 }, (_, seed) => kinds(describeValues(walk(400, seed))));
    const directed = kindsOfWalks.filter((found) => found.some((kind) => /rise|fall/.test(kind)));
    expect(directed.length).toBeLessThanOrEqual(3);
    expect(kindsOfWalks.filter((found) => found.includes('wander')).length).toBeGreaterThanOrEqual(17);
  });

  it('turns where a fall becomes a rise', () => {
    const level = (i: number) => 17 - 13 * ramp(0, 30)(i) + 4 * ramp(60, 100)(i);
    const curve = describeValues(noisyCurve(400, level, 0.1, 'turn'));
    expect(kinds(curve).filter((kind) => kind !== 'level')).toEqual(['fall', 'rise']);
    const [turn] = curve.turningPoints;
    expect(turn.kind).toBe('trough');
    expect(turn.interval[0]).toBeLessThanOrEqual(60);
    expect(turn.interval[1]).toBeGreaterThanOrEqual(30);
    expect(turn.value).toBeCloseTo(4, 0);
  });

  // From one measurement to fifty, and from 8 sd to 1,000, nothing falls between jump and rise.
  const widths = [1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50];
  it.each(widths)('finds a movement of %i measurements of any size, once', (width) => {
    for (const size of [8, 15, 30, 100, 300, 1000]) {
      const curve = describeValues(noisyCurve(399, (i) => size * ramp(150, width)(i), 1, `${width} ${size}`));
      const moving = curve.stretches.filter(({ kind }) => kind !== 'level');
      expect(moving.map(({ kind }) => kind)).toEqual(['rise']);
      expect(moving[0].from.interval[0]).toBeLessThanOrEqual(150);
      expect(moving[0].to.interval[1]).toBeGreaterThanOrEqual(150 + width);
      if (size >= 100) expect(moving[0].pace).toBe(width <= 5 ? 'jump' : 'fast');
    }
  });

  it('finds movements near both ends', () => {
    for (const at of [4, 393]) {
      const curve = describeValues(noisyCurve(399, (i) => 15 * ramp(at, 1)(i), 1, at));
      expect(kinds(curve)).toEqual(['level', 'rise (jump)', 'level']);
      expect(curve.stretches[1].to.index).toBe(at + 1);
    }
  });

  // Its tail stands out of the noise long before: 5 sd at the first value of all, which is no start.
  it.each([100, 1000])(
    'starts and ends where a logistic curve of %i sd leaves and reaches its levels, near the ends too',
    (size) => {
      for (const width of [3, 5, 10]) {
        const logistic = (from: number) => (i: number) =>
          size / (1 + Math.exp(-2 * Math.log(19) * ((i - from) / width - 0.5)));
        for (const [edge, from] of [
          ['from', 4],
          ['to', 399 - 5 - width],
        ] as const) {
          const curve = describeValues(noisyCurve(399, logistic(from), 1, `logistic ${width}`));
          const [rise] = curve.stretches.filter(({ kind }) => kind === 'rise');
          const place = edge === 'from' ? from : from + width;
          expect(Math.abs(rise[edge].index - place), `${edge} ${width}`).toBeLessThanOrEqual(2);
          expect(rise[edge].interval[0]).toBeLessThanOrEqual(place);
          expect(rise[edge].interval[1]).toBeGreaterThanOrEqual(place);
        }
      }
    },
  );

  it('holds alpha: every p-value is below it, and a smaller one finds less', () => {
    const values = walk(400, 'alpha').map((value, i) => value + 25 * ramp(200, 10)(i));
    for (const alpha of [0.2, 0.05, 0.001]) {
      for (const { kind, pValue } of describeValues(values, { alpha }).stretches) {
        if (kind === 'level') expect(pValue).toBeNull();
        else expect(pValue).toBeLessThanOrEqual(alpha);
      }
    }
    const weak = noisyCurve(60, (i) => 1.6 * ramp(30, 1)(i), 1, 'weak');
    expect(kinds(describeValues(weak, { alpha: 0.2 }))).toContain('wander');
    expect(kinds(describeValues(weak, { alpha: 0.0001 }))).toEqual(['level']);
  });

  it('asks more of a series that is asked again and again', () => {
    const values = noisyCurve(100, (i) => 20 * ramp(50, 10)(i), 1, 'growing');
    const once = describeValues(values);
    const again = describeValues(values, { growing: true });
    expect(again.stretches[1].pValue).toBeGreaterThan(once.stretches[1].pValue!);
  });
});

describe('a description', () => {
  const curve = noisyCurve(200, (i) => 10 - 6 * ramp(20, 5)(i) + 3 * ramp(60, 60)(i), 0.2, 'invariance');

  it('is laid end to end, whatever the curve', () => {
    const rng = createRandom('end to end');
    for (let trial = 0; trial < 60; trial++) {
      const n = 12 + rng.integer(200);
      const noise = trial % 2 === 0 ? walk(n, trial) : noisyCurve(n, () => 0, 1, trial);
      const [at, width, size] = [rng.integer(n), 1 + rng.integer(20), 50 * rng.normal()];
      const { stretches } = describeValues(noise.map((value, i) => value + size * ramp(at, width)(i)));
      expect(stretches[0].from.index).toBe(0);
      expect(stretches[stretches.length - 1].to.index).toBe(n - 1);
      for (const [k, { kind, from, to, amplitude }] of stretches.entries()) {
        expect(to.index).toBeGreaterThan(from.index);
        if (k > 0) expect(from).toEqual(stretches[k - 1].to);
        expect(from.interval[0]).toBeLessThanOrEqual(from.step);
        expect(from.interval[1]).toBeGreaterThanOrEqual(from.step);
        if (kind === 'rise') expect(amplitude.value).toBeGreaterThan(0);
        if (kind === 'fall') expect(amplitude.value).toBeLessThan(0);
      }
    }
  });

  it('is the same in any unit, however small or large', () => {
    const plain = describeValues(curve);
    for (const unit of [2 ** -540, 2 ** 1000]) {
      const scaled = describeValues(curve.map((value) => value * unit));
      expect(scaled.stretches.map(({ from, to, kind, pValue }) => ({ from, to, kind, pValue }))).toEqual(
        plain.stretches.map(({ from, to, kind, pValue }) => ({ from, to, kind, pValue })),
      );
      expect(scaled.stretches[1].amplitude.value / unit).toBe(plain.stretches[1].amplitude.value);
    }
    const noise = noisyCurve(400, () => 0, 1, 'tiny').map((value) => 1e-163 * value);
    expect(kinds(describeValues(noise))).toEqual(['level']);
  });

  it('is mirrored with the curve', () => {
    const mirrored = describeValues(curve.map((value) => -value));
    const swap: Record<string, string> = { rise: 'fall', fall: 'rise' };
    expect(mirrored.stretches.map(({ kind, to }) => [swap[kind] ?? kind, to])).toEqual(
      describeValues(curve).stretches.map(({ kind, to }) => [kind, to]),
    );
  });

  it('takes steps for labels: uneven spacing changes nothing else', () => {
    const steps = indices(200).map((i) => Math.round(1.05 ** i) + i);
    const uneven = described(describeCurve({ steps, values: curve }));
    const even = describeValues(curve);
    expect(uneven.stretches.map(({ kind, to }) => [kind, to.index])).toEqual(
      even.stretches.map(({ kind, to }) => [kind, to.index]),
    );
    const [rise] = uneven.stretches.filter(({ kind }) => kind === 'rise');
    expect(rise.duration).toBe(steps[rise.to.index] - steps[rise.from.index]);
    expect(rise.rate.value).toBeCloseTo(rise.amplitude.value / rise.duration, 12);
  });

  it('leaves out what has no value, and says how many', () => {
    const values = curve.slice();
    for (const gap of [0, 17, 18, 90, 199])
      values[gap] = gap % 2 === 0 ? Number.NaN : Number.POSITIVE_INFINITY;
    const gapped = describeValues(values);
    expect(gapped).toMatchObject({ measurements: 195, dropped: 5 });
    expect(gapped.stretches[0].from).toMatchObject({ index: 1, step: 1 });
    expect(kinds(gapped)).toEqual(kinds(describeValues(curve)));
  });
});

describe('what cannot be described, or is hard to', () => {
  const reasonFor = (values: number[], steps = values.map((_, i) => i)): string => {
    const description = describeCurve({ steps: Float64Array.from(steps), values: Float64Array.from(values) });
    return description.described ? 'described' : description.reason;
  };

  it('has its reason', () => {
    expect(reasonFor([])).toBe('0 measurements; at least 12 are needed');
    expect(reasonFor([1, 2, 3])).toBe('3 measurements; at least 12 are needed');
    expect(reasonFor([...Array(11).fill(1), Number.NaN])).toBe(
      '11 measurements with a value (1 without); at least 12 are needed',
    );
    expect(reasonFor([1, 2], [1])).toBe('1 steps for 2 values');
    expect(reasonFor([1, 2], [1, 1])).toBe('steps do not increase: 1 after 1');
    expect(reasonFor([1, 2], [1, Number.NaN])).toBe('step 2 of 2 is NaN');
  });

  it('is described where a transition is as large as numbers allow', () => {
    for (const size of [1e12, 1e200]) {
      const curve = describeValues(noisyCurve(400, (i) => size * ramp(200, 1)(i), 1e-3, size));
      expect(kinds(curve)).toEqual(['level', 'rise (jump)', 'level']);
      expect(curve.stretches[2].from.index).toBe(201);
    }
  });

  it('is level where all values are equal, rounded, or ties', () => {
    expect(kinds(describeValues(new Float64Array(50)))).toEqual(['level']);
    expect(describeValues(new Float64Array(50).fill(7)).stabilization.status).toBe('constant');
    const rounded = noisyCurve(400, () => 10 / 3, 1e-16, 'rounded');
    expect(kinds(describeValues(rounded))).toEqual(['level']);
    const coarse = noisyCurve(400, () => 0.5, 0.3, 'coarse').map(Math.round);
    expect(kinds(describeValues(coarse))).toEqual(['level']);
    const alternating = indices(100).map((i) => i % 2);
    expect(kinds(describeValues(alternating))).toEqual(['level']);
  });

  it('is a jump where a step has no noise at all, and a rise where a line has none', () => {
    expect(kinds(describeValues(indices(100).map((i) => (i > 50 ? 1 : 0))))).toEqual([
      ...['level', 'rise (jump)', 'level'],
    ]);
    expect(kinds(describeValues(indices(100)))).toEqual(['rise']);
  });

  it('does not take a spike for a movement', () => {
    const values = noisyCurve(400, () => 0, 1, 'spike');
    values[200] = 1e6;
    expect(kinds(describeValues(values))).toEqual(['level']);
  });

  it('may be long', () => {
    const curve = describeValues(noisyCurve(30_000, (i) => 10 * ramp(12_000, 3)(i), 1, 'long'));
    expect(kinds(curve)).toEqual(['level', 'rise (jump)', 'level']);
    expect(Math.abs(curve.stretches[1].to.index - 12_003)).toBeLessThanOrEqual(2);
  });

  it('refuses an alpha that nobody has simulated', () => {
    const series = { steps: indices(20), values: indices(20) };
    expect(() => describeCurve(series, { alpha: 0.5 })).toThrow(
      'alpha is 0.5; allowed: a number from 0.0001 to 0.2',
    );
    expect(() => describeCurve(series, { alpha: Number.NaN })).toThrow('alpha');
  });
});

describe('a collapse that recovers without a direction of its own', () => {
  it('leads to its trough, not to the mean of what follows', () => {
    const rng = createRandom(1);
    const values = Float64Array.from(
      { length: 40 },
      (_, t) => ([13.6, 8][t] ?? 3.6) + 0.3 * Math.log1p(Math.max(0, t - 3)) + 0.05 * rng.normal(),
    );
    const curve = describeCurve({ steps: Float64Array.from(values.keys()), values });
    if (!curve.described) throw new Error(curve.reason);
    const [fall, after] = curve.stretches;
    expect(fall).toMatchObject({ kind: 'fall', pace: 'jump' });
    expect(fall.toValue).toBeLessThan(3.8);
    expect(after.kind).toBe('wander');
    expect(after.amplitude.value).toBeGreaterThan(0.5);
  });
});

describe('where a rise or fall leads from and to', () => {
  const fall = (curve: ReturnType<typeof describeValues>) =>
    curve.stretches.find(({ kind }) => kind === 'fall')!;

  it('is what lies next to it, where a jump is followed by a slow return', () => {
    // From 2.2 to 1.3, and back to 1.75 within thirty measurements: a mean of forty would say 1.65.
    const level = (i: number) => (i === 0 ? 2.2 : 1.75 - 0.45 * Math.exp(-(i - 1) / 8));
    for (let seed = 0; seed < 5; seed++) {
      const { toValue, pace } = fall(describeValues(noisyCurve(40, level, 0.005, `return ${seed}`)));
      expect(pace).toBe('jump');
      expect(toValue).toBeLessThan(1.45);
    }
  });

  it('is of its own part of the curve, whatever restlessness comes before it', () => {
    // Up from 1.6 to 2.8 with large noise, then down to 2.4 with hardly any: it falls from 2.6 or so, and not to 1.6.
    const rng = createRandom('restless');
    const values = Float64Array.from({ length: 40 }, (_, i) =>
      i < 14
        ? 1.6 + 0.08 * i + 0.15 * rng.normal()
        : 2.36 + 0.3 * Math.exp(-(i - 14) / 9) + 0.001 * rng.normal(),
    );
    const { fromValue, toValue, from } = fall(describeValues(values));
    expect(from.index).toBeGreaterThan(8);
    expect(fromValue).toBeGreaterThan(2.45);
    expect(fromValue).toBeLessThan(2.75);
    expect(toValue).toBeCloseTo(2.37, 1);
  });
});
