/** Points of a Euclidean space: coordinate j of point i is `data[i * dimensions + j]`. */
export interface Points {
  readonly data: Float64Array;
  readonly count: number;
  readonly dimensions: number;
}

/** Squared Euclidean distance of point `i` of one set from point `j` of another of equal dimension. */
export function squaredDistance(a: Points, i: number, b: Points, j: number): number {
  const { dimensions } = a;
  return squaredDistanceWithin(a.data, i * dimensions, b.data, j * dimensions, dimensions);
}

/** The same of points by their coordinates and where these begin: in loops over points the arrays are then looked up once. */
export function squaredDistanceWithin(
  a: Float64Array,
  fromA: number,
  b: Float64Array,
  fromB: number,
  dimensions: number,
): number {
  let sum = 0;
  for (let k = 0; k < dimensions; k++) {
    const difference = a[fromA + k] - b[fromB + k];
    sum += difference * difference;
  }
  return sum;
}
