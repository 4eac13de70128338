import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Point } from '../../src/datasets/digit-strokes.ts';
import { smoothCurve } from '../../src/datasets/smooth-curve.ts';

const point = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 }));

describe('smoothCurve', () => {
  it('leaves two points a straight line', () => {
    expect(
      smoothCurve([
        [0, 0],
        [10, 14],
      ]),
    ).toEqual([
      [0, 0],
      [10, 14],
    ]);
  });

  it('passes through every point of the stroke', () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 3, maxLength: 8 }), (stroke) => {
        const curve = smoothCurve(stroke);
        expect(curve).toHaveLength((stroke.length - 1) * 5 + 1);
        stroke.forEach(([x, y], i) => {
          expect(curve[5 * i][0]).toBeCloseTo(x, 9);
          expect(curve[5 * i][1]).toBeCloseTo(y, 9);
        });
      }),
    );
  });

  it('follows the Catmull-Rom polynomial between inner points', () => {
    fc.assert(
      fc.property(fc.tuple(point, point, point, point), fc.integer({ min: 1, max: 4 }), (stroke, step) => {
        const t = step / 5;
        const along = (axis: 0 | 1): number => {
          const [p, q, r, s] = stroke.map((each: Point) => each[axis]);
          return (
            (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t ** 2 + (3 * q - p - 3 * r + s) * t ** 3) /
            2
          );
        };
        const [x, y] = smoothCurve(stroke)[5 + step];
        expect(x).toBeCloseTo(along(0), 9);
        expect(y).toBeCloseTo(along(1), 9);
      }),
    );
  });
});
