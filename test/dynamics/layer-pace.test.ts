import { describe, expect, it } from 'vitest';
import { layerPace } from '../../src/dynamics/layer-pace.ts';
import { describeCurve } from '../../src/dynamics/stretches/describe-curve.ts';
import type { CurveDescription } from '../../src/dynamics/stretches/types.ts';
import { createRandom } from '../../src/numerics/random.ts';

const steps = Float64Array.from({ length: 400 }, (_, i) => 5 * i);
/** A description that says nothing but how the curve jitters. */
const jittering = (sd: number, memory = 0) =>
  ({ described: true, noise: { sd, memory } }) as unknown as CurveDescription;
const share = (values: Float64Array, above: number): number =>
  values.filter((value) => value > above).length / values.length;

/** Gaussian noise of unit variance in which neighbors correlate by ρ. */
function noise(seed: string, memory: number): Float64Array {
  const rng = createRandom(seed);
  let last = rng.normal();
  return steps.map(() => (last = memory * last + Math.sqrt(1 - memory ** 2) * rng.normal()));
}

describe('the pace of layers', () => {
  it.each([0, 0.6])('is 1 of jitter alone, with a memory of %s too: 5 %% lie above 1.96', (memory) => {
    const pace = layerPace(steps, [
      { values: noise(`memory ${memory}`, memory), curve: jittering(1, memory) },
    ])!;
    for (const { median } of [pace.velocity, pace.acceleration]) {
      expect(Math.sqrt(median.reduce((sum, z) => sum + z * z, 0) / median.length)).toBeCloseTo(1, 0.8);
      expect(share(median, 1.96)).toBeGreaterThan(0.02);
      expect(share(median, 1.96)).toBeLessThan(0.09);
    }
  });

  it('is so for measurements of every spacing', () => {
    const uneven = steps.map((step, i) => (i < 200 ? step : step + 45 * (i - 200)));
    const pace = layerPace(uneven, [{ values: noise('uneven', 0), curve: jittering(1) }])!;
    for (const half of [pace.acceleration.median.subarray(0, 199), pace.acceleration.median.subarray(199)]) {
      expect(Math.sqrt(half.reduce((sum, z) => sum + z * z, 0) / half.length)).toBeCloseTo(1, 0.7);
    }
  });

  it('stands out where a layer jumps; the median of many layers does not follow one', () => {
    const layers = [0, 1, 2].map((layer) => {
      const values = noise(`layer ${layer}`, 0).map((z, i) => z + (layer === 0 && i >= 100 ? 50 : 0));
      return { values, curve: describeCurve({ steps, values }) };
    });
    const { velocity, acceleration, layers: entered } = layerPace(steps, layers)!;
    expect(entered).toBe(3);
    const at = velocity.highest.indexOf(Math.max(...velocity.highest));
    expect(velocity.steps[at]).toBe(500);
    expect(velocity.highest[at]).toBeGreaterThan(20);
    expect(velocity.median[at]).toBeLessThan(4);
    expect(acceleration.steps.length).toBe(398);
    expect([495, 500]).toContain(
      acceleration.steps[acceleration.highest.indexOf(Math.max(...acceleration.highest))],
    );
  });

  it('leaves gaps where nothing was measured, and is nothing where nothing jitters', () => {
    const values = noise('gap', 0).fill(Number.NaN, 50, 60);
    const { velocity } = layerPace(steps, [{ values, curve: jittering(1) }])!;
    expect([velocity.median[49], velocity.median[59], velocity.median[48]].map(Number.isNaN)).toEqual([
      true,
      true,
      false,
    ]);
    expect(layerPace(steps, [{ values, curve: jittering(0) }])).toBe(null);
    expect(layerPace(steps, [{ values, curve: { described: false, reason: 'few', dropped: 0 } }])).toBe(null);
  });
});
