import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numerics/random.ts';
import { nullCurveNamed, nullCurves } from '../../../src/validity/curves/null-curves.ts';
import { drawShape, shapeNamed, shapes } from '../../../src/validity/curves/shapes.ts';

describe('curves without a rise or fall', () => {
  it('are as long as asked for, finite, and repeat with their seed', () => {
    for (const { draw, name } of nullCurves) {
      const values = draw(50, createRandom(name));
      expect(values).toHaveLength(50);
      expect(values.every(Number.isFinite)).toBe(true);
      expect([...draw(50, createRandom(name))]).toEqual([...values]);
    }
  });

  it('include those that the promise is about, and those that it is not', () => {
    const names = (world: string) =>
      nullCurves.filter((curve) => curve.world === world).map(({ name }) => name);
    expect(names('jitter')).toEqual(
      expect.arrayContaining(['white-noise', 'autoregression-0.8', 'falling-sd']),
    );
    expect(names('walk')).toEqual(expect.arrayContaining(['random-walk', 'walk-slowing', 'walk-dependent']));
    expect(names('beyond')).toEqual(
      expect.arrayContaining(['autoregression-0.9', 'smooth-wander', 'walk-bursting']),
    );
    expect(() => nullCurveNamed('none')).toThrow('null curve is none; allowed: white-noise');
  });

  it('change their size as they say', () => {
    const sd = (values: Float64Array) =>
      Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
    const slowing = nullCurveNamed('walk-slowing').draw(2001, createRandom('slowing'));
    const steps = slowing.subarray(1).map((value, i) => value - slowing[i]);
    expect(sd(steps.subarray(0, 200)) / sd(steps.subarray(1800))).toBeGreaterThan(20);
    const short = nullCurveNamed('falling-sd').draw(20, createRandom('short'));
    expect(short).toHaveLength(20);
  });
});

describe('shapes', () => {
  it('are what their movements add up to, with the truth', () => {
    const [movement] = shapeNamed('ramp').movements(100, 10, 5, 'middle');
    expect(movement).toEqual({ form: 'ramp', start: 45, width: 10, size: 5 });
    const curve = drawShape([movement], 100);
    expect([curve[45], curve[50], curve[55], curve[99]]).toEqual([0, 2.5, 5, 5]);
    const [logistic] = shapeNamed('logistic').movements(100, 20, -1, 'middle');
    const smooth = drawShape([logistic], 100);
    expect(smooth[logistic.start]).toBeCloseTo(-0.05, 12);
    expect(smooth[logistic.start + 20]).toBeCloseTo(-0.95, 12);
  });

  it('lie five values from an end where asked', () => {
    for (const [place, flat] of [
      ['start', (curve: Float64Array) => curve.subarray(0, 5)],
      ['end', (curve: Float64Array) => curve.subarray(-5)],
    ] as const) {
      const curve = drawShape(shapeNamed('step').movements(60, 1, 1, place), 60);
      expect(new Set(flat(curve)).size).toBe(1);
      expect(new Set(curve).size).toBe(2);
    }
  });

  it('lie within the series, whatever their width', () => {
    for (const shape of shapes) {
      for (const width of [1, 8]) {
        for (const { start, width: taken } of shape.movements(40, width, 3, 'middle')) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(start + taken).toBeLessThan(40);
        }
      }
    }
    expect(() => shapeNamed('none')).toThrow('shape is none; allowed: step, ramp');
  });
});
