/** Points one after the other, x and y; NaN between pieces that are not connected. */
export type Points = readonly number[];

export interface Stroke {
  readonly color: string;
  readonly width: number;
  readonly dash?: readonly number[];
  readonly opacity?: number;
}

/** What curves are drawn with, on a screen or into a file: lengths are in CSS pixels. */
export interface Pen {
  line(points: Points, stroke: Stroke): void;
  /** Between two lines with the same places along the axis. */
  area(upper: Points, lower: Points, color: string): void;
  ring(x: number, y: number, stroke: Stroke, fill: string): void;
}

export const AREA_OPACITY = 0.18;
export const RING_RADIUS = 3;

/** Writes elements of SVG. */
export function svgPen(write: (element: string) => void): Pen {
  const strokeOf = ({ color, width, dash = [], opacity = 1 }: Stroke): string =>
    `stroke="${color}" stroke-width="${width}"${dash.length === 0 ? '' : ` stroke-dasharray="${dash.join(' ')}"`}${opacity === 1 ? '' : ` stroke-opacity="${opacity}"`}`;
  return {
    line: (points, stroke) =>
      write(`<path fill="none" stroke-linejoin="round" ${strokeOf(stroke)} d="${pathOf(points)}"/>`),
    area(upper, lower, color) {
      const path = outlines(upper, lower).map(pathOf).join('');
      write(`<path stroke="none" fill="${color}" fill-opacity="${AREA_OPACITY}" d="${path}"/>`);
    },
    ring: (x, y, stroke, fill) =>
      write(
        `<circle cx="${tenth(x)}" cy="${tenth(y)}" r="${RING_RADIUS}" fill="${fill}" ${strokeOf(stroke)}/>`,
      ),
  };
}

function pathOf(points: Points): string {
  let path = '';
  let isDown = false;
  for (let i = 0; i < points.length; i += 2) {
    if (Number.isNaN(points[i])) isDown = false;
    else {
      path += `${isDown ? 'L' : 'M'}${tenth(points[i])} ${tenth(points[i + 1])}`;
      isDown = true;
    }
  }
  return path;
}

/** Pictures are exact to a tenth of a pixel. */
export const tenth = (length: number): number => Math.round(length * 10) / 10;

/** Each connected piece of an area, around it: forth above and back below. */
export function outlines(upper: Points, lower: Points): number[][] {
  const found: number[][] = [];
  let start = 0;
  for (let i = 0; i <= upper.length; i += 2) {
    if (i < upper.length && !Number.isNaN(upper[i]) && !Number.isNaN(lower[i])) continue;
    if (i > start) {
      const piece = upper.slice(start, i);
      for (let j = i - 2; j >= start; j -= 2) piece.push(lower[j], lower[j + 1]);
      found.push(piece as number[]);
    }
    start = i + 2;
  }
  return found;
}
