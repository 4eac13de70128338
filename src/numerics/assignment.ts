/**
 * The assignment of rows to columns with the least total cost: the Hungarian method with potentials, O(rows²·columns).
 *
 * @param cost of giving column c to row r; finite. Asked for rows × columns times or more: keep it cheap.
 * @param rows at most `columns`.
 * @returns the column of each row, all different.
 * @throws RangeError if there are more rows than columns.
 * Source: Kuhn 1955; in the form of Jonker & Volgenant 1987.
 * @example
 * const costs = [[4, 1], [2, 8]];
 * const columns = [...assignment(2, 2, (r, c) => costs[r][c])];
 * columns // [1, 0]
 */
export function assignment(
  rows: number,
  columns: number,
  cost: (row: number, column: number) => number,
): Int32Array {
  if (rows > columns) throw new RangeError(`rows must be at most ${columns}, the columns; got ${rows}`);
  // Index 0 stands for "nothing yet"; rows and columns count from 1.
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(columns + 1);
  const rowOf = new Int32Array(columns + 1);
  const cameFrom = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row++) {
    rowOf[0] = row;
    let column = 0;
    const slack = new Float64Array(columns + 1).fill(Infinity);
    const used = new Uint8Array(columns + 1);
    do {
      used[column] = 1;
      const from = rowOf[column];
      let [delta, next] = [Infinity, 0];
      for (let c = 1; c <= columns; c++) {
        if (used[c]) continue;
        const reduced = cost(from - 1, c - 1) - rowPotential[from] - columnPotential[c];
        if (reduced < slack[c]) {
          slack[c] = reduced;
          cameFrom[c] = column;
        }
        if (slack[c] < delta) [delta, next] = [slack[c], c];
      }
      for (let c = 0; c <= columns; c++) {
        if (used[c]) {
          rowPotential[rowOf[c]] += delta;
          columnPotential[c] -= delta;
        } else slack[c] -= delta;
      }
      column = next;
    } while (rowOf[column] !== 0);
    while (column !== 0) {
      const before = cameFrom[column];
      rowOf[column] = rowOf[before];
      column = before;
    }
  }
  const result = new Int32Array(rows);
  for (let c = 1; c <= columns; c++) if (rowOf[c] > 0) result[rowOf[c] - 1] = c - 1;
  return result;
}
