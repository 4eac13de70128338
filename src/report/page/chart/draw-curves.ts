import type { ChartContent } from './curve.ts';
import type { Pen, Points } from './pen.ts';
import { firstAtLeast, type Plotted, type PlottedCurve, type View } from './plotted.ts';

/** Where a view lies in a picture, in CSS pixels. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Widths of lines: one of few, and one of many that cross each other. */
const [LINE, THIN, HEAVY] = [1.6, 1.1, 3.2];
const MANY = 40;

/** The colors of the page that is drawn on. */
export interface PageColors {
  readonly scheme: 'light' | 'dark';
  readonly paper: string;
}

/** Draws bands, raw curves, curves and their marks, each over the ones before. */
export function drawCurves(
  pen: Pen,
  { groups }: Pick<ChartContent, 'groups'>,
  { curves, steps }: Plotted,
  view: View,
  frame: Frame,
  { scheme, paper }: PageColors,
): void {
  const { x, y } = mappings(view, frame);
  const pointsOf = (of: PlottedCurve, values: Float64Array, places: readonly number[]): Points => {
    const points: number[] = [];
    for (const i of places) points.push(Number.isNaN(values[i]) ? Number.NaN : x(of.x[i]), y(values[i]));
    return points;
  };
  const width = curves.length > MANY ? THIN : LINE;
  for (const [c, of] of curves.entries()) {
    const { low, high, curve } = of;
    const places = view.curves[c].line;
    if (low !== null && high !== null) {
      pen.area(pointsOf(of, high, places), pointsOf(of, low, places), groups[curve.group].color[scheme]);
    }
  }
  for (const [c, of] of curves.entries()) {
    const color = groups[of.curve.group].color[scheme];
    if (of.raw !== null) {
      pen.line(pointsOf(of, of.raw, view.curves[c].raw), { color, width: 1, opacity: 0.3 });
    }
  }
  for (const [c, of] of curves.entries()) {
    const { color, dash } = groups[of.curve.group];
    pen.line(pointsOf(of, of.y, view.curves[c].line), { color: color[scheme], width, dash });
  }
  for (const [c, of] of curves.entries()) {
    const { marks, group } = of.curve;
    if (marks === null) continue;
    const color = groups[group].color[scheme];
    const at = (step: number): [number, number] | null => {
      const place = steps.along(step);
      const value = valueAt(of, place);
      return place < view.x[0] || place > view.x[1] || Number.isNaN(value) ? null : [x(place), y(value)];
    };
    for (const [, pace, from, to, half] of marks.stretches) {
      const ends = [steps.along(from), steps.along(to)];
      const within = view.curves[c].line.filter((i) => of.x[i] >= ends[0] && of.x[i] <= ends[1]);
      pen.line(pointsOf(of, of.y, within), { color, width: HEAVY });
      const middle = pace === 'jump' ? at(half) : null;
      if (middle !== null) {
        pen.line([middle[0], middle[1] - 8, middle[0], middle[1] + 8], { color, width: HEAVY });
      }
    }
    for (const [, step] of marks.turns) {
      const place = at(step);
      if (place !== null) pen.ring(...place, { color, width: 1.5 }, paper);
    }
  }
}

/** From places along the axes to pixels. */
export function mappings(
  { x, y }: Pick<View, 'x' | 'y'>,
  { left, top, width, height }: Frame,
): { readonly x: (place: number) => number; readonly y: (place: number) => number } {
  const [perX, perY] = [width / (x[1] - x[0]), height / (y[1] - y[0])];
  return {
    x: (place) => left + (place - x[0]) * perX,
    y: (place) => top + height - (place - y[0]) * perY,
  };
}

/** The value at a place, between two measurements on the line between them; NaN where there is none. */
function valueAt({ x, y }: PlottedCurve, place: number): number {
  const after = firstAtLeast(x, place);
  if (after === x.length) return Number.NaN;
  if (after === 0 || x[after] === place) return x[after] === place ? y[after] : Number.NaN;
  const share = (place - x[after - 1]) / (x[after] - x[after - 1]);
  return y[after - 1] + share * (y[after] - y[after - 1]);
}
