/** Two neighboring stretches of the series that are compared wherever the grid puts them. */
export interface TripletShape {
  readonly left: number;
  readonly right: number;
  /** Distance of grid points: the stretches meet at left, left + spacing, … */
  readonly spacing: number;
  /** Share of the error rate that each single triplet of this shape may spend. */
  readonly share: number;
}

/** The longer stretch is at most this many times the shorter: beyond, it hardly sharpens the comparison. */
const LONGEST_RATIO = 8;
/** Stretches move by this share of the shorter one. */
const GRID = 4;
/** With fewer degrees of freedom left for the variance, no triplet could be significant. */
const FEWEST_DEGREES = 4;

/**
 * The triplets (start, meeting point, end) that are tested: the shorter stretch 2, 4, 8, … long, the other 1 to 8 times
 * as long, ascending in total length. The shares of all triplets sum to 1, by blocks of equal shorter length: block b,
 * counted from the longest, gets in proportion to 1/b (the weighted Bonferroni bound of Jang & Walther,
 * arXiv 2410.14866), so that long triplets, of which there are few, pay little for the many short ones.
 *
 * @param n length of the series.
 */
export function tripletShapes(n: number): TripletShape[] {
  const blocks: Omit<TripletShape, 'share'>[][] = [];
  for (let shorter = 2; 2 * shorter <= n; shorter *= 2) {
    const spacing = Math.max(1, shorter / GRID);
    const shapes: Omit<TripletShape, 'share'>[] = [];
    for (let longer = shorter; longer <= LONGEST_RATIO * shorter && shorter + longer <= n; longer *= 2) {
      if (shorter + longer - 2 < FEWEST_DEGREES) continue;
      shapes.push({ left: shorter, right: longer, spacing });
      if (longer > shorter) shapes.push({ left: longer, right: shorter, spacing });
    }
    if (shapes.length > 0) blocks.unshift(shapes);
  }
  const weights = blocks.map((_, b) => 1 / (b + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return blocks
    .flatMap((shapes, b) => {
      const count = shapes.reduce((sum, shape) => sum + meetingPoints(shape, n), 0);
      return shapes.map((shape) => ({ ...shape, share: weights[b] / total / count }));
    })
    .sort((a, b) => a.left + a.right - (b.left + b.right));
}

/** How many triplets of this shape there are. */
export function meetingPoints({ left, right, spacing }: Omit<TripletShape, 'share'>, n: number): number {
  return Math.floor((n - left - right) / spacing) + 1;
}
