import type { Point } from './digit-strokes.ts';

/** How a pen draws, in pixels. */
export interface Pen {
  /** Half the width of the line. */
  readonly radius: number;
  /** The ink falls from full to none over twice this distance across the line's edge. */
  readonly softness: number;
}

/**
 * Draws polylines on a square of `size` × `size` pixels.
 *
 * The ink of a pixel depends on the distance from its center to the nearest line, so that strokes join without
 * seams and edges are smooth.
 *
 * @param lines in pixels; pixel (column x, row y) has its center at [x, y]. What lies outside is cut off.
 * @returns [size * size] ink in [0, 1], row by row.
 */
export function drawStrokes(
  lines: readonly (readonly Point[])[],
  { radius, softness }: Pen,
  size: number,
): Float64Array {
  const reach = radius + softness;
  const nearest = new Float64Array(size * size).fill(reach * reach);
  for (const line of lines) {
    for (let i = 1; i < line.length; i++) markDistances(nearest, size, line[i - 1], line[i], reach);
  }
  for (let pixel = 0; pixel < nearest.length; pixel++)
    nearest[pixel] = Math.min(1, (reach - Math.sqrt(nearest[pixel])) / (2 * softness));
  return nearest;
}

/** Lowers the squared distances in `nearest` to those from one segment, wherever it is closer. */
function markDistances(
  nearest: Float64Array,
  size: number,
  [ax, ay]: Point,
  [bx, by]: Point,
  reach: number,
): void {
  const [dx, dy] = [bx - ax, by - ay];
  const squaredLength = dx * dx + dy * dy;
  const left = Math.max(0, Math.ceil(Math.min(ax, bx) - reach));
  const right = Math.min(size - 1, Math.floor(Math.max(ax, bx) + reach));
  const top = Math.max(0, Math.ceil(Math.min(ay, by) - reach));
  const bottom = Math.min(size - 1, Math.floor(Math.max(ay, by) + reach));
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const along = squaredLength === 0 ? 0 : ((x - ax) * dx + (y - ay) * dy) / squaredLength;
      const share = Math.min(1, Math.max(0, along));
      const [ex, ey] = [x - ax - share * dx, y - ay - share * dy];
      const squared = ex * ex + ey * ey;
      if (squared < nearest[y * size + x]) nearest[y * size + x] = squared;
    }
  }
}
