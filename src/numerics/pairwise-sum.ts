/** Below this length the terms are added one after another. */
const SEQUENTIAL_BELOW = 8;
/** Up to this length eight partial sums run side by side; above it the range is halved. */
const BLOCK = 128;

/**
 * Sum in the order NumPy adds a contiguous float64 axis: pairwise, with eight running sums inside blocks of 128.
 * The rounding error grows with log n instead of n, and the result has the same last bit as `numpy.sum`.
 *
 * @param values the terms; an empty range sums to 0.
 * @param start first index, inclusive.
 * @param end last index, exclusive.
 * Source: Higham 1993, "The accuracy of floating point summation"; the block layout is NumPy's documented choice.
 * @example
 * pairwiseSum(Float64Array.of(1e16, 1, -1e16)); // 0: short ranges are added from the left
 */
export function pairwiseSum(values: ArrayLike<number>, start = 0, end = values.length): number {
  const n = end - start;
  if (n < SEQUENTIAL_BELOW) {
    let sum = 0;
    for (let i = start; i < end; i++) sum += values[i];
    return sum;
  }
  if (n <= BLOCK) return blockSum(values, start, end);
  const half = n >> 1;
  const middle = start + half - (half % 8);
  return pairwiseSum(values, start, middle) + pairwiseSum(values, middle, end);
}

function blockSum(values: ArrayLike<number>, start: number, end: number): number {
  let s0 = values[start];
  let s1 = values[start + 1];
  let s2 = values[start + 2];
  let s3 = values[start + 3];
  let s4 = values[start + 4];
  let s5 = values[start + 5];
  let s6 = values[start + 6];
  let s7 = values[start + 7];
  let i = start + 8;
  for (; i + 8 <= end; i += 8) {
    s0 += values[i];
    s1 += values[i + 1];
    s2 += values[i + 2];
    s3 += values[i + 3];
    s4 += values[i + 4];
    s5 += values[i + 5];
    s6 += values[i + 6];
    s7 += values[i + 7];
  }
  let sum = s0 + s1 + (s2 + s3) + (s4 + s5 + (s6 + s7));
  for (; i < end; i++) sum += values[i];
  return sum;
}
