import { describe, expect, it } from 'vitest';
import {
  type DetectorEntry,
  defaultDetector,
  detectorNamed,
  detectorNames,
  detectors,
} from '../../src/detectors/registry.ts';
import type { Change, Detection, Series } from '../../src/detectors/types.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { measurements, noisy, steps } from '../dynamics/planted-series.ts';

/** What every detector of the registry keeps, a new one too: it is tested by standing there. */

const step = noisy((i) => (i < 220 ? 0 : 8), 1, createRandom('step'));
const many = noisy((i) => 3 * (Math.floor(i / 80) % 2), 1, createRandom('many'));
const quiet = noisy(() => 0, 1, createRandom('quiet'));
const trend = noisy((i) => 10 * Math.exp(-i / 80), 0.3, createRandom('trend'));
const everything = { step, many, quiet, trend };

/** The z rules look back, or at differences: they are not the same backwards, and see no noise beside a large offset. */
const zRules = ['rolling-z', 'published-z'];

describe.each(detectorNames)('the detector %s', (name) => {
  const { detect, errorControl, needsEvenSpacing, fewest, marks }: DetectorEntry = detectors[name];

  it('says of constant, short and incomplete series, and of disordered steps, that they cannot be tested', () => {
    const gap = quiet.with(7, Number.NaN);
    for (const values of [new Float64Array(measurements).fill(3), gap]) {
      expect(detect({ steps, values })).toMatchObject({ testable: false, reason: expect.any(String) });
    }
    for (const disordered of [steps.toReversed(), steps.with(9, steps[8]), steps.with(9, Number.NaN)]) {
      expect(detect({ steps: disordered, values: step })).toMatchObject({ testable: false });
    }
    for (const n of [0, 1, 2]) {
      expect(detect({ steps: steps.slice(0, n), values: step.slice(0, n) })).toMatchObject({
        testable: false,
      });
    }
  });

  it('says in words what it marks, and takes as few measurements as it says', () => {
    expect(marks).toMatch(/^[a-z].*[a-z]$/);
    const of = (n: number) => detect({ steps: steps.slice(0, n), values: quiet.slice(0, n) });
    expect(of(fewest).testable).toBe(true);
    expect(of(fewest - 1)).toMatchObject({ testable: false });
  });

  if (errorControl === null)
    it('has no p-values and ignores alpha, for it holds no error rate', () => {
      for (const values of Object.values(everything)) {
        const plain = detect({ steps, values });
        expect(changesOf(plain).every(({ pValue }) => pValue === null)).toBe(true);
        expect(detect({ steps, values }, { alpha: 0.001 })).toEqual(plain);
      }
    });
  else
    it('holds its error rate in white noise, and gives p-values up to it', () => {
      let invented = 0;
      for (let seed = 0; seed < 60; seed++) {
        const values = noisy(() => 0, 1, createRandom(`nothing ${seed}`));
        const changes = changesOf(detect({ steps, values }, { alpha: 0.05 }));
        if (changes.length > 0) invented++;
      }
      // Of 60 at a rate of 0.05, more than 9 come one time in a thousand.
      expect(invented).toBeLessThanOrEqual(9);
      for (const values of [step, many]) {
        for (const { pValue } of changesOf(detect({ steps, values }, { alpha: 0.01 })))
          expect(pValue).toBeLessThanOrEqual(0.01 + 1e-12);
      }
    });

  it('finds a step of 8 noise units where it is, at its true training step', () => {
    const hit = changesOf(detect({ steps, values: step })).find(({ index }) => Math.abs(index - 220) <= 1);
    expect(hit).toMatchObject({ direction: 'increase', kind: 'level' });
  });

  it('describes changes within what it has tested, each in an interval that has a width', () => {
    for (const values of Object.values(everything)) {
      const detection = detect({ steps, values });
      if (!detection.testable) throw new Error(detection.reason);
      const [first, last] = detection.tested;
      expect(steps.includes(first) && steps.includes(last)).toBe(true);
      for (const { index, step: at, interval, magnitude } of detection.changes) {
        expect(at).toBe(steps[index]);
        expect(interval[0]).toBeLessThan(at);
        expect(interval[1]).toBeGreaterThanOrEqual(at);
        expect(magnitude).toBeGreaterThan(0);
        expect(at).toBeGreaterThanOrEqual(first);
        expect(at).toBeLessThanOrEqual(last);
      }
    }
  });

  it('gives the same answer twice and leaves the series alone', () => {
    const before = many.slice();
    expect(detect({ steps, values: many })).toEqual(detect({ steps, values: many }));
    expect(many).toEqual(before);
  });

  it.each([1e-300, 1e-163, 1e-20, 1e20, 1e150, 1e300])(
    'finds the same in a unit %d times as large',
    (unit) => {
      for (const values of Object.values(everything)) {
        const plain = changesOf(detect({ steps, values }));
        const scaled = changesOf(detect({ steps, values: values.map((value) => unit * value) }));
        expect(scaled.map(placeOf)).toEqual(plain.map(placeOf));
        scaled.forEach(({ effect, magnitude }, i) => {
          if (Number.isFinite(plain[i].effect)) expect(effect / plain[i].effect).toBeCloseTo(1, 6);
          expect(magnitude / unit / plain[i].magnitude).toBeCloseTo(1, 6);
        });
      }
    },
  );

  it.each([-7, 1e3, 1e6])('finds the same on an offset of %d', (offset) => {
    for (const values of Object.values(everything)) {
      const plain = changesOf(detect({ steps, values })).map(placeOf);
      expect(
        changesOf(detect({ steps, values: values.map((value) => value + offset) })).map(placeOf),
      ).toEqual(plain);
    }
  });

  it('finds the negated changes in the negated series', () => {
    for (const values of Object.values(everything)) {
      const turned = { increase: 'decrease', decrease: 'increase' };
      const plain = changesOf(detect({ steps, values })).map(placeOf);
      expect(changesOf(detect({ steps, values: values.map((value) => -value) })).map(placeOf)).toEqual(
        plain.map((change) =>
          change.kind === 'variance' ? change : { ...change, direction: turned[change.direction] },
        ),
      );
    }
  });

  if (!zRules.includes(name)) {
    it('finds the step backwards as it does forwards', () => {
      const backwards = { steps, values: step.toReversed() };
      const near = changesOf(detect(backwards)).filter(({ index }) => Math.abs(index - 180) <= 1);
      expect(near).toMatchObject([{ kind: 'level', direction: 'decrease' }]);
    });
  }

  if (needsEvenSpacing)
    it('says of uneven spacing that it cannot be tested', () => {
      expect(detect(without({ steps, values: step }, 120))).toMatchObject({
        testable: false,
        reason: expect.stringMatching(/spac/),
      });
    });
  else
    it('takes uneven spacing: a missing row, and steps in decades', () => {
      const missing = without({ steps, values: step }, 120);
      const decades = { steps: steps.map((_, i) => Math.round(10 ** (i / 100)) + i), values: step };
      for (const series of [missing, decades]) {
        const at = series.steps[series.values.length - 180];
        const hits = changesOf(detect(series)).filter(({ step: found }) => found === at);
        expect(hits).toMatchObject([{ kind: 'level', direction: 'increase' }]);
      }
    });
});

describe('the registry of detectors', () => {
  it('knows its default, and suggests the name that was meant', () => {
    expect(detectorNamed(defaultDetector)).toBe(detectors[defaultDetector].detect);
    expect(() => detectorNamed('roling-z')).toThrow('did you mean rolling-z?');
    expect(() => detectorNamed('toString')).toThrow('detector is "toString"');
  });
});

function placeOf({ index, kind, direction }: Change) {
  return { index, kind, direction };
}

function without({ steps: all, values }: Series, index: number): Series {
  const kept = (_: number, i: number): boolean => i !== index;
  return { steps: all.filter(kept), values: values.filter(kept) };
}

function changesOf(detection: Detection): readonly Change[] {
  if (!detection.testable) throw new Error(detection.reason);
  return detection.changes;
}
