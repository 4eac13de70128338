/**
 * Sums of the terms before each position: the sum over start … end − 1 is `sums[end] − sums[start]`. Summed with
 * compensation (Neumaier 1974), so that the error is one rounding of the largest sum, not one per term.
 *
 * @returns length n + 1, first entry 0.
 */
export function prefixSums(n: number, term: (i: number) => number): Float64Array {
  const sums = new Float64Array(n + 1);
  let [sum, lost] = [0, 0];
  for (let i = 0; i < n; i++) {
    const next = term(i);
    const total = sum + next;
    lost += Math.abs(sum) >= Math.abs(next) ? sum - total + next : next - total + sum;
    sum = total;
    sums[i + 1] = sum + lost;
  }
  return sums;
}
