/**
 * Whole numbers as array jobs are given them: ascending, runs of them as ranges.
 *
 * @example
 * indexRanges([3, 0, 1, 2, 7]); // '0-3,7'
 */
export function indexRanges(indices: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const index of [...new Set(indices)].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === index - 1) last[1] = index;
    else ranges.push([index, index]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
}
