import { describe, expect, it } from 'vitest';
import { describeCurve } from '../../../src/dynamics/stretches/describe-curve.ts';
import { stretchesThatHold } from '../../../src/dynamics/stretches/stretches-that-hold.ts';
import { described, indices, noisyCurve, ramp, walk } from './curves.ts';

const steps = indices(100);
const curveOf = (values: Float64Array, alpha = 0.2) => describeCurve({ steps, values }, { alpha });
const clear = (seed: number) => curveOf(noisyCurve(100, (i) => 60 * ramp(40, 2)(i), 1, `clear ${seed}`));
const wandering = Array.from({ length: 40 }, (_, seed) => curveOf(walk(100, `hold ${seed}`)));

describe('the rises and falls that hold over all curves', () => {
  it('are those that no number of wandering curves explains', () => {
    const found = stretchesThatHold([...wandering, clear(0), clear(1), clear(2)], 0.1);
    expect(found.series).toBe(43);
    expect(found.holding).toBe(3);
    expect(found.found).toBeGreaterThan(3);
    expect(found.threshold).toBeCloseTo((0.1 * 3) / 43, 12);
  });

  it('are none where nothing has a direction, or nothing is described', () => {
    const none = stretchesThatHold(wandering, 0.05);
    expect(none).toMatchObject({ holding: 0, threshold: 0 });
    expect(none.found).toBeGreaterThan(0);
    const undescribed = { described: false, reason: 'too short', dropped: 0 } as const;
    expect(stretchesThatHold([undescribed], 0.05)).toMatchObject({ series: 0, found: 0, threshold: 0 });
  });

  it('are as many as the p-values say', () => {
    const curves = [clear(0), clear(1), ...wandering.slice(0, 5)];
    const { threshold, holding } = stretchesThatHold(curves, 0.1);
    const pValues = curves.flatMap((curve) =>
      described(curve).stretches.flatMap(({ kind, pValue }) =>
        kind === 'rise' || kind === 'fall' ? [pValue!] : [],
      ),
    );
    expect(pValues.filter((pValue) => pValue <= threshold)).toHaveLength(holding);
  });

  it('cannot be told from curves that were described at a smaller alpha', () => {
    expect(() => stretchesThatHold([curveOf(walk(100, 1), 0.01)], 0.05)).toThrow(
      "rate is 0.05; allowed: at most the curves' alpha, 0.01",
    );
  });
});
