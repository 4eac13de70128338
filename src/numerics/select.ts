/** Below it a part is sorted by insertion, which beats parting it further. */
const FEW = 12;

/**
 * The k-th smallest value, from 0, by parting around pivots (Hoare 1961): what sorting would put there, in a time that grows
 * with the number of values only. Afterwards no value before k is larger, none after it smaller.
 *
 * @param values none NaN; reordered.
 * @param k 0 to the number of values less 1.
 * @example
 * selectKth(Float64Array.of(5, 1, 4), 1); // 4
 */
export function selectKth(values: Float64Array, k: number): number {
  const count = values.length;
  if (!(Number.isInteger(k) && k >= 0 && k < count)) {
    throw new RangeError(`k is ${k}; allowed: a whole number from 0 to ${count - 1}`);
  }
  let low = 0;
  let high = count - 1;
  while (high - low >= FEW) {
    const pivot = medianOfThree(values[low], values[(low + high) >> 1], values[high]);
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const held = values[i];
      values[i++] = values[j];
      values[j--] = held;
    }
    // Between j and i everything equals the pivot.
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else return values[k];
  }
  for (let i = low + 1; i <= high; i++) {
    const value = values[i];
    let at = i;
    for (; at > low && values[at - 1] > value; at--) values[at] = values[at - 1];
    values[at] = value;
  }
  return values[k];
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
