/** A symmetric band matrix: its lower half, column by column. */
export interface BandMatrix {
  readonly order: number;
  /** Diagonals below the main one that are not zero. */
  readonly bandwidth: number;
  /** Elements kept of each column, from the diagonal down; above `bandwidth`, with room for what a reduction fills in. */
  readonly kept: number;
  /** Element (column + d, column) at `column * kept + d`; zero below the last row. */
  readonly values: Float64Array;
}

/** A band matrix of zeros, with room to be reduced in place. */
export function emptyBand(order: number, bandwidth: number): BandMatrix {
  const kept = 2 * bandwidth + 1;
  return { order, bandwidth, kept, values: new Float64Array(order * kept) };
}
