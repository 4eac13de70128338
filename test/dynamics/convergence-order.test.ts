import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convergenceOrder } from '../../src/dynamics/convergence-order.ts';
import { type Stabilization, stabilization } from '../../src/dynamics/stabilization.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { descent, mostBy, noisy, steps } from './planted-series.ts';

const near = { endValue: 0, band: 0.1, furthest: 1 };
const at = (step: number): Stabilization => ({
  status: 'stabilized',
  step,
  index: step / 5,
  interval: [step, step],
  ...near,
});
const moving: Stabilization = { status: 'moving', reason: 'still moving', ...near };
const constant: Stabilization = {
  status: 'constant',
  range: { value: 0, interval: [0, 0] },
  resolution: 0.01,
};
const layersAt = (stabilizations: readonly Stabilization[]) =>
  stabilizations.map((s, depth) => ({ depth, stabilization: s }));
const orderOf = (times: readonly number[]) => convergenceOrder(layersAt(times.map(at)), createRandom(1));

describe('convergence order', () => {
  it('agrees with SciPy’s exact Kendall test where nothing is tied', () => {
    expect(orderOf([10, 30, 20, 50, 40, 70, 60])).toMatchObject({
      pattern: 'bottom-up',
      tau: expect.closeTo(0.7142857142857143, 14),
      pValue: expect.closeTo(0.03015873015873016, 14),
      method: 'exact',
    });
    expect(orderOf([10, 30, 20, 50, 40])).toMatchObject({
      pattern: 'no order detected',
      tau: expect.closeTo(0.6, 14),
      pValue: expect.closeTo(0.23333333333333334, 14),
      smallestPValue: expect.closeTo(2 / 120, 14),
    });
  });

  it('enumerates ties exactly', () => {
    const { pValue } = orderOf([5, 5, 5, 10, 10]);
    // 5!/(3!·2!) = 10 distinct arrangements, one fully ordered and one fully reversed.
    expect(pValue).toBeCloseTo(2 / 10, 14);
  });

  it('turns round with the network', () => {
    const times = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 7 });
    fc.assert(
      fc.property(times, (data) => {
        const [forward, backward] = [orderOf(data), orderOf(data.toReversed())];
        expect(backward.tau ?? 0).toBeCloseTo(-(forward.tau ?? 0), 12);
        expect(backward.pValue).toBe(forward.pValue);
      }),
      { numRuns: 30 },
    );
  });

  it('finds a planted order in series, both ways round', () => {
    const rng = createRandom('planted');
    const run = (startOf: (depth: number) => number) =>
      convergenceOrder(
        Array.from({ length: 10 }, (_, depth) => {
          const values = noisy(descent(10, startOf(depth), 30), 0.5, rng.fork(depth));
          return { depth, stabilization: stabilization({ steps, values }) };
        }),
        rng,
      );
    expect(run((depth) => 20 + 20 * depth)).toMatchObject({ pattern: 'bottom-up', method: 'sampled' });
    expect(run((depth) => 220 - 20 * depth).pattern).toBe('top-down');
  });

  it('counts layers that still move as later than all that stabilized', () => {
    const { tau, layers } = convergenceOrder(
      layersAt([at(5), at(10), at(15), at(20), moving, moving]),
      createRandom(1),
    );
    expect(tau).toBeCloseTo(14 / Math.sqrt(15 * 14), 14);
    expect(layers).toEqual({ stabilized: 4, moving: 2, constant: 0, unmoved: 0, undetermined: 0 });
  });

  it.each([
    ['fewer than three layers', [at(5), at(10), constant, constant], '2 layers can be ordered'],
    ['all layers tied', [at(5), at(5), at(5), at(5)], 'tied'],
    ['all layers still moving', [moving, moving, moving], 'tied'],
    ['nothing but constant layers', [constant, constant, constant], '0 layers can be ordered'],
  ])('is undefined, with a reason, for %s', (_, stabilizations, reason) => {
    expect(convergenceOrder(layersAt(stabilizations), createRandom(1))).toMatchObject({
      pattern: 'undefined',
      tau: null,
      pValue: null,
      reason: expect.stringContaining(reason),
    });
  });

  it('is undefined where no order could be significant, but still gives tau', () => {
    expect(orderOf([5, 10, 15, 20])).toMatchObject({
      pattern: 'undefined',
      tau: 1,
      pValue: expect.closeTo(2 / 24, 14),
      reason: expect.stringContaining('smallest p-value 0.083'),
    });
  });

  it.each([6, 12])('rejects independent times of %i layers at most at its level', (layers) => {
    const rng = createRandom(`null ${layers}`);
    const rejected = Array.from({ length: 400 }, (_, trial) => {
      const random = rng.fork(trial);
      const times = Array.from({ length: layers }, () => at(5 * (1 + random.integer(30))));
      return (convergenceOrder(layersAt(times), random, { permutations: 199 }).pValue ?? 1) <= 0.05;
    }).filter(Boolean).length;
    expect(rejected).toBeLessThanOrEqual(mostBy(0.05, 400));
    expect(rejected).toBeGreaterThan(0);
  });
});
