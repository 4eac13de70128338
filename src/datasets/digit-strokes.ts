/** A point [x, y] of a digit in a box 10 wide and 14 high, x to the right and y down. */
export type Point = readonly [number, number];
/** Points that the pen passes through without lifting; a corner ends one stroke and starts the next. */
export type Stroke = readonly Point[];

/** For every digit, the ways in which it is written: points `x,y`, a bar between strokes. */
const written: readonly (readonly string[])[] = [
  // 0: an oval; a slim one, open at the top
  [
    '5,0 8.4,2.2 9.5,7 8.4,11.8 5,14 1.6,11.8 0.5,7 1.6,2.2 5,0',
    '6,0.3 3,1.8 1.6,6 2,11 4.6,14 7.4,12 8.6,7 7.8,2 5.2,0',
  ],
  // 1: a bar; with a flag; with a flag and a foot
  ['5,0 5,14', '2.6,3.2 5.6,0 | 5.6,0 5.4,14', '2.6,2.8 5.2,0 | 5.2,0 5.2,14 | 2,14 8.4,14'],
  // 2: with a flat foot; with a loop
  [
    '1,3.2 2.4,0.8 5,0 8,1 8.8,3.8 7.2,7.2 4,10.6 0.8,14 | 0.8,14 9.4,14',
    '1,2.6 3.2,0.4 6.2,0.2 8.2,2.6 7.2,6.8 4.4,10.8 1.8,13.6 0.8,12.2 2.8,11.4 6,13.4 9.6,13',
  ],
  // 3: round; with a flat top
  [
    '1,2 3.4,0.2 6.8,0.4 8.4,3 7,5.8 4,6.8 | 4,6.8 7.6,7.4 9.2,10 8,13 4.6,14 0.8,12.4',
    '1,0.4 8.6,0.4 | 8.6,0.4 4.4,5.6 | 4.4,5.6 8,6.8 9.2,9.8 7.8,13 4.4,14 0.8,12.4',
  ],
  // 4: open; closed
  ['2.6,0 1,8.4 | 1,8.4 9.6,8.2 | 7.2,2.6 6.6,14', '7,14 7,0 | 7,0 0.4,9.6 | 0.4,9.6 9.8,9.6'],
  // 5: upright; rounder, its roof sloping
  [
    '8.6,0 2,0 | 2,0 1.6,6.2 | 1.6,6.2 5,5 8.4,6.8 9,10.2 7,13.2 3.6,14 0.8,12.2',
    '9,0.6 3,0 | 3,0 1.4,5.8 5.6,6.4 8,9 7,12.6 3.6,14 0.6,13',
  ],
  // 6: curved; with a straight back
  [
    '7.4,0 4,2.4 1.6,6.8 1,10.4 2.4,13.4 5.4,14 8.4,12.4 8.8,9.4 6.6,7.2 3.6,8 1.4,10.8',
    '5.6,0 2.2,7.4 1.6,11.4 4.2,14 7.6,13 8,10 5.8,8.4 2.2,10',
  ],
  // 7: plain; with a bar
  ['0.8,0.6 9.2,0.4 | 9.2,0.4 6.2,6.6 4.2,14', '0.8,0.6 9,0.4 | 9,0.4 6.4,6.4 4.6,14 | 3,7.2 8.6,7'],
  // 8: in one line; two rings
  [
    '8.2,2 5,0 1.8,2 2.6,5 5.6,7 8.6,9.8 8,13 5,14 1.8,13 1.4,10 4.6,7 7.6,4.8 8.2,2',
    '5,0 7.8,1.4 7.8,4.8 5,6.4 2.2,4.8 2.2,1.4 5,0 | 5,6.4 8.6,8.2 8.6,12.2 5,14 1.4,12.2 1.4,8.2 5,6.4',
  ],
  // 9: with a straight stem; with a curved tail
  [
    '8.6,2.6 6.4,0.2 3,0.6 1,3.6 2.4,6.6 5.6,6.8 8.6,2.6 | 8.6,2.6 8.4,8 7.4,14',
    '8.8,4 7,0.8 4,0.2 1.4,2.2 1.6,5.4 4.4,7.2 7.6,6 8.8,3.4 8.6,9 6.8,13 4,14 1.6,12.8',
  ],
];

/** The strokes of every way of writing every digit. */
export const digitStrokes: readonly (readonly (readonly Stroke[])[])[] = written.map((ways) =>
  ways.map(strokesOf),
);

function strokesOf(text: string): Stroke[] {
  return text.split(' | ').map((stroke) => stroke.split(' ').map(pointOf));
}

function pointOf(text: string): Point {
  const [x, y] = text.split(',').map(Number);
  return [x, y];
}
