/** Points of a Euclidean space: coordinate j of point i is `data[i * dimensions + j]`. */
export interface Points {
  readonly data: Float64Array;
  readonly count: number;
  readonly dimensions: number;
}

/** Squared Euclidean distance of point `i` of one set from point `j` of another of equal dimension. */
export function squaredDistance(a: Points, i: number, b: Points, j: number): number {
  const { dimensions } = a;
  let sum = 0;
  for (let k = 0; k < dimensions; k++) {
    const difference = a.data[i * dimensions + k] - b.data[j * dimensions + k];
    sum += difference * difference;
  }
  return sum;
}
