/** Dots of one character: two beside each other, four above each other. */
const [ACROSS, DOWN] = [2, 4];
/** Bit of each dot in Unicode's braille patterns (U+2800 and on), by column and row. */
const BITS = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
];

export interface BrailleSize {
  /** Characters. */
  readonly columns: number;
  /** Lines. */
  readonly rows: number;
}

/**
 * A curve in braille dots, lines from top to bottom: neighboring points are joined, so that a spike of one measurement is
 * seen. Points without a value leave a gap.
 *
 * @param places where each point lies, 0 at the left to 1 at the right, in order
 * @param heights its value, 0 at the bottom to 1 at the top, or NaN
 * @example
 * brailleCurve([0, 1], [0, 1], { columns: 2, rows: 1 }); // ['⡠⠊']
 */
export function brailleCurve(
  places: ArrayLike<number>,
  heights: ArrayLike<number>,
  { columns, rows }: BrailleSize,
): string[] {
  const [width, height] = [columns * ACROSS, rows * DOWN];
  const cells = new Uint8Array(columns * rows);
  const dot = (x: number, y: number): void => {
    const [cx, cy] = [Math.floor(x / ACROSS), Math.floor(y / DOWN)];
    cells[cy * columns + cx] |= BITS[x % ACROSS][y % DOWN];
  };
  let before: readonly [number, number] | null = null;
  for (let i = 0; i < places.length; i++) {
    if (!Number.isFinite(heights[i])) {
      before = null;
      continue;
    }
    const x = Math.round(places[i] * (width - 1));
    const y = Math.round((1 - heights[i]) * (height - 1));
    for (const [px, py] of before === null ? [[x, y]] : straight(before, [x, y])) dot(px, py);
    before = [x, y];
  }
  return Array.from({ length: rows }, (_, r) =>
    String.fromCodePoint(
      ...Array.from(cells.subarray(r * columns, (r + 1) * columns), (bits) => 0x2800 + bits),
    ),
  );
}

/** Dots of a straight line, both ends included. */
function straight(
  [x0, y0]: readonly [number, number],
  [x1, y1]: readonly [number, number],
): [number, number][] {
  const count = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0));
  return Array.from({ length: count + 1 }, (_, k) => [
    Math.round(x0 + ((x1 - x0) * k) / (count || 1)),
    Math.round(y0 + ((y1 - y0) * k) / (count || 1)),
  ]);
}
