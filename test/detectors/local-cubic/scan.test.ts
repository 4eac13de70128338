import { describe, expect, it } from 'vitest';
import { kink, transition } from '../../../src/detectors/local-cubic/change-kinds.ts';
import { type NoiseModel, whiten } from '../../../src/detectors/local-cubic/noise-model.ts';
import { heightsOf, mask, Peaks, peaks } from '../../../src/detectors/local-cubic/peaks.ts';
import { type Probe, Scan, test } from '../../../src/detectors/local-cubic/scan.ts';
import { withoutInnovation } from '../../../src/detectors/local-cubic/shrinkage.ts';
import { bestTransition, withoutTransitions } from '../../../src/detectors/local-cubic/transitions.ts';
import { explained, WhitenedWindow } from '../../../src/detectors/local-cubic/whitened-window.ts';
import { firstOrderAutoregression } from '../../../src/numerics/autoregression.ts';
import { createRandom } from '../../../src/numerics/random.ts';

/**
 * Generalized least squares by NumPy 1.24.2: 24 values, noise covariance φ^|i−j|/(1−φ²) with φ = 0.6, regressors
 * 1, t, t², t³ and the change at t = 9; 24 − 5 degrees of freedom. Computed from the inverse covariance matrix.
 */
const VALUES = Float64Array.from(
  { length: 24 },
  (_, t) => ((7 * t * t + 3 * t) % 11) / 10 + 0.02 * t * t + (t >= 9 ? 1.5 : 0),
);
const STEP = transition(1);
const dependent: NoiseModel = { phi: 0.6, wandering: false };
const wandering: NoiseModel = { phi: 0.3, wandering: true };

function probeOf(length: number, noise: NoiseModel, kinds = [STEP]): Probe {
  const window = WhitenedWindow.of(length, noise);
  return { window, kinds, margin: 5, noiseFloor: 0, least: 0, positions: undefined, widest: true };
}
const probe = probeOf(24, dependent);
const fitOf = (values: Float64Array) => probe.window.fit(values, 0);

describe('the test of one change', () => {
  it('is the t statistic of generalized least squares for a step', () => {
    const { size, statistic, noise } = test(STEP, 9, fitOf(VALUES), probe);
    expect(size).toBeCloseTo(0.6492773677869493, 10);
    expect(statistic).toBeCloseTo(0.9735764579246727, 10);
    expect(noise).toBeCloseTo(0.56290413920375, 10);
  });

  it('is that for a kink', () => {
    const { size, statistic } = test(kink, 9, fitOf(VALUES), probe);
    expect(size).toBeCloseTo(-0.22644562632468695, 10);
    expect(statistic).toBeCloseTo(-0.46009179955439433, 10);
  });

  it('is that with one more regressor where the innovation at the step is left out', () => {
    // The same with the response to a unit innovation at t = 9 among the regressors; 24 − 6 degrees of freedom.
    const shape = probe.window.shape(STEP.course(9));
    expect(withoutInnovation(probe.window, fitOf(VALUES), shape, 9, 0)).toBeCloseTo(0.9908146462969, 10);
  });

  it.each([
    ['a stationary', dependent],
    ['a wandering', wandering],
  ])('in %s level is that of the shape itself, for every kind and place', (_, noise) => {
    const { window } = probeOf(24, noise);
    const fit = window.fit(VALUES, 0);
    for (const kind of [STEP, transition(2), transition(5), kink]) {
      for (let p = 3; p + kind.extent <= 22; p++) {
        const shape = window.shape(kind.course(p));
        const { gained, size } = test(kind, p, fit, probeOf(24, noise));
        expect(gained).toBeCloseTo(explained(fit, shape), 10);
        expect(Math.abs(size)).toBeCloseTo(Math.sqrt(gained) / shape.norm, 9);
      }
    }
  });

  it('does not see a cubic, however steep', () => {
    const bent = VALUES.map((value, t) => value + 1e3 * t - 50 * t ** 2 + 2 * t ** 3);
    const plain = test(STEP, 9, fitOf(VALUES), probe);
    expect(test(STEP, 9, fitOf(bent), probe).statistic).toBeCloseTo(plain.statistic, 6);
  });

  it('says nothing where nothing varies', () => {
    expect(test(STEP, 9, fitOf(new Float64Array(24).fill(7)), probe)).toMatchObject({
      statistic: 0,
      size: 0,
    });
  });
});

describe('whitening', () => {
  it('leaves independent innovations of equal variance, whatever the noise', () => {
    const squares = new Float64Array(6);
    const rng = createRandom('whiten');
    for (let trial = 0; trial < 4000; trial++) {
      const noise = firstOrderAutoregression(6, 0.6, rng);
      const z = whiten(noise, dependent);
      for (let s = 0; s < 6; s++) squares[s] += z[s] ** 2 / 4000;
    }
    // Of noise of variance 1 the innovations have 1 − φ² = 0.64; four standard errors of 4,000 squares are 0.057.
    for (const square of squares) expect(Math.abs(square - 0.64)).toBeLessThan(0.06);
  });

  it('of a wandering level does not see where it started', () => {
    const z = whiten(Float64Array.of(100, 101, 103, 103), wandering);
    expect(z[0]).toBe(0);
    expect(z[1]).toBeCloseTo(Math.sqrt(1 - 0.09), 12);
    expect(z[2]).toBeCloseTo(2 - 0.3, 12);
    expect(z[3]).toBeCloseTo(-0.3 * 2, 12);
  });
});

describe('a scan', () => {
  it('is standard normal where nothing changes and the noise model holds', () => {
    const wide = probeOf(120, { phi: 0.5, wandering: false }, [STEP, transition(8)]);
    const squares = [0, 0];
    for (let seed = 0; seed < 60; seed++) {
      const { statistics } = new Scan(firstOrderAutoregression(399, 0.5, createRandom(seed)), wide);
      statistics.forEach((statistic, i) => {
        for (const t of [60, 200, 340]) squares[i] += statistic[t] ** 2 / 180;
      });
    }
    // Student t with 115 degrees of freedom: mean square 1.018; standard error about √(2/180) = 0.11.
    for (const square of squares) {
      expect(square).toBeGreaterThan(0.7);
      expect(square).toBeLessThan(1.35);
    }
  });

  it('is 0 in the margins', () => {
    const { statistics } = new Scan(VALUES, probe);
    expect(statistics[0].subarray(0, 5).every((value) => value === 0)).toBe(true);
    expect(statistics[0].subarray(20).every((value) => value === 0)).toBe(true);
    expect(statistics[0].subarray(5, 20).every((value) => value !== 0)).toBe(true);
  });

  it('that need not know small statistics knows the others as well, to the last digit', () => {
    const random = createRandom('least');
    for (const floor of [0, 0.3, 30]) {
      const values = Float64Array.from({ length: 300 }, (_, t) => random.normal() + (t < 150 ? 0 : 4));
      const wide = { ...probeOf(60, dependent, [STEP, transition(4)]), noiseFloor: floor };
      const { statistics } = new Scan(values, wide);
      const known = new Scan(values, wide, 2).statistics;
      statistics.forEach((statistic, i) => {
        for (const [t, value] of statistic.entries())
          if (Math.abs(value) >= 2 || known[i][t] !== 0) expect(known[i][t]).toBe(value);
      });
    }
  });

  it('tests every place in a window that holds it near its middle, as that window does by itself', () => {
    const values = firstOrderAutoregression(200, 0, createRandom('windows'));
    const kinds = [STEP, transition(5)];
    const narrow = probeOf(40, { phi: 0.2, wandering: false }, kinds);
    const { statistics } = new Scan(values, narrow);
    for (let t = 30; t < 170; t++) {
      kinds.forEach((kind, i) => {
        const lead = (kind.extent - 1) >> 1;
        const near = [...Array(11).keys()].map((d) => t - 25 + d);
        const found = near.some((start) => {
          const { statistic } = test(kind, t - lead - start, narrow.window.fit(values, start), narrow);
          return Math.abs(statistic - statistics[i][t]) < 1e-9;
        });
        expect(found).toBe(true);
      });
    }
  });

  it('brought up to date is the scan of the new values', () => {
    const values = firstOrderAutoregression(300, 0.4, createRandom('update'));
    const wide = probeOf(60, dependent, [STEP, transition(4)]);
    const changed = withoutTransitions(values, [{ start: 140, width: 6, size: 3 }]);
    const scan = new Scan(values, wide);
    scan.update(changed, 139, 146);
    const anew = new Scan(changed, wide);
    scan.statistics.forEach((statistic, i) => {
      for (const [t, value] of statistic.entries()) expect(value).toBeCloseTo(anew.statistics[i][t], 9);
    });
  });
});

describe('peaks', () => {
  const height = Float64Array.of(0, 1, 5, 1, 2, 4, 3, 0, 3.5, 0);
  const heights = { height, kind: new Uint8Array(10) };

  it('are local maxima in falling order, kept apart', () => {
    expect(peaks(heights, 2.5, 1)).toEqual([2, 5, 8]);
    expect(peaks(heights, 2.5, 3)).toEqual([2, 8]);
    expect(peaks(heights, 2.5, 1, 2)).toEqual([2, 5]);
    expect(peaks(heights, 6, 1)).toEqual([]);
  });

  it('are not found on a masked place, nor on the shoulder of a masked peak', () => {
    const masked = new Uint8Array(10);
    for (const t of [2, 5, 8]) mask(masked, t, 0);
    expect(new Peaks(heights, masked, 0.5).highest()).toBe(-1);
  });

  it('come as a search over all places finds them, again and again, while places are masked', () => {
    const random = createRandom('peaks');
    // Rounded, so that neighbors and peaks agree now and then: the first of equal ones comes first.
    const drawn = Float64Array.from({ length: 300 }, () => Math.round(4 * Math.abs(random.normal())));
    const masked = new Uint8Array(300);
    const left = new Peaks({ height: drawn, kind: new Uint8Array(300) }, masked, 2);
    const searched = (): number => {
      const isPeak = (t: number) =>
        t > 0 &&
        t < 299 &&
        drawn[t] > 2 &&
        drawn[t] >= Math.max(drawn[t - 1], drawn[t + 1]) &&
        masked[t] === 0;
      const found = [...drawn.keys()].filter(isPeak);
      return found.find((t) => found.every((other) => drawn[other] <= drawn[t])) ?? -1;
    };
    for (let t = searched(); t >= 0; t = searched()) {
      expect(left.highest()).toBe(t);
      mask(masked, t, random.integer(4));
    }
    expect(left.highest()).toBe(-1);
  });

  it('are of the kind whose scaled statistic is largest, of either sign', () => {
    const scan = { statistics: [Float64Array.of(0, -3, 0), Float64Array.of(0, 2, 1)] } as unknown as Scan;
    expect(heightsOf(scan)).toEqual({ height: Float64Array.of(0, 3, 1), kind: Uint8Array.of(0, 0, 1) });
    expect(heightsOf(scan, [0.5, 1]).kind[1]).toBe(1);
  });
});

describe('a transition', () => {
  it('is found with its start, width and size where there is hardly any noise', () => {
    const rng = createRandom('best');
    for (const [start, width] of [
      [60, 1],
      [55, 4],
      [50, 13],
      [48, 23],
    ]) {
      const values = Float64Array.from({ length: 120 }, (_, t) => {
        const course = Math.min(1, Math.max(0, (t - start + 1) / width));
        return 7 * course + 0.02 * t + 0.01 * rng.normal();
      });
      const found = bestTransition(
        values,
        start + (width >> 1) + 3,
        probeOf(120, { phi: 0, wandering: false }),
      );
      expect([found.start, found.width]).toEqual([start, width]);
      expect(found.size).toBeCloseTo(7, 1);
    }
  });

  it('taken out leaves one level, and a straight line in place of its course', () => {
    const values = Float64Array.of(1, 1, 1, 1.5, 1.2, 3, 3, 3, 3);
    const flat = withoutTransitions(values, [{ start: 3, width: 3, size: 2 }]);
    expect(Array.from(flat, (value) => Math.round(1e9 * value) / 1e9)).toEqual(new Array(9).fill(1));
    expect(withoutTransitions(values, [])).toEqual(values);
  });
});
