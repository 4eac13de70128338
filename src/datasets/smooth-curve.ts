import type { Point, Stroke } from './digit-strokes.ts';

const stepsPerSpan = 5;

/**
 * A smooth curve through the points of a stroke, as a polyline: a Catmull-Rom spline, whose tangent at a point is
 * half the chord between its neighbors (Catmull & Rom 1974). Two points stay a straight line.
 *
 * @example
 * smoothCurve([[0, 0], [10, 14]]); // [[0, 0], [10, 14]]
 */
export function smoothCurve(stroke: Stroke): Point[] {
  if (stroke.length < 3) return [...stroke];
  const curve: Point[] = [stroke[0]];
  for (let i = 0; i + 1 < stroke.length; i++) {
    const [before, from, to, after] = [
      stroke[Math.max(0, i - 1)],
      stroke[i],
      stroke[i + 1],
      stroke[i + 2] ?? stroke[i + 1],
    ];
    for (let step = 1; step <= stepsPerSpan; step++) {
      const t = step / stepsPerSpan;
      curve.push([hermite(0, t), hermite(1, t)]);
    }
    function hermite(axis: 0 | 1, t: number): number {
      const leave = (to[axis] - before[axis]) / 2;
      const arrive = (after[axis] - from[axis]) / 2;
      const [t2, t3] = [t * t, t * t * t];
      return (
        (2 * t3 - 3 * t2 + 1) * from[axis] +
        (t3 - 2 * t2 + t) * leave +
        (3 * t2 - 2 * t3) * to[axis] +
        (t3 - t2) * arrive
      );
    }
  }
  return curve;
}
