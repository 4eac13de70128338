/** The matrices of golden/reference.py: sums of a linear congruential generator's numbers, rows that shrink. */
export function madeMatrix(rows: number, columns: number, decay: number) {
  let state = rows * 1000 + columns;
  const data = new Float32Array(rows * columns);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      let total = 0;
      for (let k = 0; k < 4; k++) {
        // The product does not fit in 53 bits.
        state = Number((BigInt(state) * 1103515245n + 12345n) % 2147483648n);
        total += state / 2147483648;
      }
      data[r * columns + c] = (total - 2) * (1 + r) ** -decay * 4;
    }
  }
  return { data, rows, columns };
}
