import { mappings } from './draw-curves.ts';
import { firstAtLeast, type Plotted, type PlottedCurve, type View } from './plotted.ts';

/** One measurement of one curve, which a reader looks at. */
export interface Reading {
  readonly curve: number;
  /** Its place in the curve. */
  readonly index: number;
}

/** The measurement nearest to a point of the plot, in pixels; null where nothing is shown. */
export function nearestTo(
  { curves }: Plotted,
  view: Pick<View, 'x' | 'y'>,
  size: { readonly width: number; readonly height: number },
  at: { readonly left: number; readonly top: number },
): Reading | null {
  const { x, y } = mappings(view, { left: 0, top: 0, ...size });
  const place = view.x[0] + (at.left / size.width) * (view.x[1] - view.x[0]);
  let best: Reading | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const [curve, of] of curves.entries()) {
    const index = nearestIndex(of, place, view.x);
    if (index === null) continue;
    const distance = (x(of.x[index]) - at.left) ** 2 + (y(of.y[index]) - at.top) ** 2;
    if (distance < least) [best, least] = [{ curve, index }, distance];
  }
  return best;
}

/** The measurement of a curve nearest to a place along the axis that has a value and lies in view. */
export function nearestIndex(
  { x, y }: PlottedCurve,
  place: number,
  [low, high]: readonly [number, number],
): number | null {
  const after = firstAtLeast(x, place);
  const isShown = (i: number): boolean =>
    i >= 0 && i < x.length && !Number.isNaN(y[i]) && x[i] >= low && x[i] <= high;
  for (let distance = 0; distance <= x.length; distance++) {
    const [a, b] = [after - 1 - distance, after + distance];
    if (a < 0 && b >= x.length) return null;
    const [left, right] = [isShown(a), isShown(b)];
    if (left && right) return place - x[a] <= x[b] - place ? a : b;
    if (left) return a;
    if (right) return b;
  }
  return null;
}

/** The next measurement in view that has a value, so many further; null where there is none. */
export function besides(
  { x, y }: PlottedCurve,
  index: number,
  by: 1 | -1,
  [low, high]: readonly [number, number],
): number | null {
  for (let i = index + by; i >= 0 && i < x.length; i += by) {
    if (x[i] < low || x[i] > high) return null;
    if (!Number.isNaN(y[i])) return i;
  }
  return null;
}
