/**
 * Places of a curve that a picture can tell apart: of every column of the picture those of the first, the lowest and the highest value, and the
 * last of all; the same of each piece between gaps. A curve drawn through them covers the same pixels as one through all, but for what
 * lies within one column.
 *
 * @param along where the values lie on the axis, increasing.
 * @param values NaN leaves a gap, of which one place is given.
 * @param from first place looked at
 * @param to the place after the last
 * @param range between which places on the axis the columns lie
 * @example
 * placesInColumns([0, 1, 2, 3], [5, 9, 1, 2], 0, 4, [0, 3], 1); // [0, 1, 2, 3]
 */
export function placesInColumns(
  along: ArrayLike<number>,
  values: ArrayLike<number>,
  from: number,
  to: number,
  [low, high]: readonly [number, number],
  columns: number,
): number[] {
  const kept: number[] = [];
  const columnOf = (i: number): number => Math.floor((columns * (along[i] - low)) / (high - low || 1));
  for (let i = from; i < to; ) {
    if (Number.isNaN(values[i])) {
      kept.push(i);
      do i++;
      while (i < to && Number.isNaN(values[i]));
      continue;
    }
    const column = columnOf(i);
    let [least, most, end] = [i, i, i + 1];
    for (; end < to; end++) {
      const value = values[end];
      if (Number.isNaN(value) || columnOf(end) !== column) break;
      if (value < values[least]) least = end;
      if (value > values[most]) most = end;
    }
    const [a, b] = least < most ? [least, most] : [most, least];
    kept.push(i);
    if (a > i) kept.push(a);
    if (b > a) kept.push(b);
    // Where the piece ends, so does what is drawn.
    if ((end === to || Number.isNaN(values[end])) && end - 1 > Math.max(b, i)) kept.push(end - 1);
    i = end;
  }
  return kept;
}
