import { describe, expect, it } from 'vitest';
import { drawStrokes } from '../../src/datasets/draw-strokes.ts';

const pen = { radius: 2, softness: 0.5 };

describe('drawStrokes', () => {
  it('inks a dot by the distance from it: full inside, half on the edge, none outside', () => {
    const ink = drawStrokes(
      [
        [
          [4, 5],
          [4, 5],
        ],
      ],
      pen,
      10,
    );
    for (let y = 0; y < 10; y++)
      for (let x = 0; x < 10; x++) {
        const distance = Math.hypot(x - 4, y - 5);
        const expected = Math.min(
          1,
          Math.max(0, (pen.radius + pen.softness - distance) / (2 * pen.softness)),
        );
        expect(ink[y * 10 + x]).toBeCloseTo(expected, 12);
      }
    expect(ink[5 * 10 + 6]).toBe(0.5);
  });

  it('inks a slanted line by the distance from it', () => {
    const ink = drawStrokes(
      [
        [
          [2, 2],
          [14, 11],
        ],
      ],
      pen,
      16,
    );
    // The line is 3x − 4y + 2 = 0: (11, 5) lies 15 / 5 = 3 from it, (8, 8) lies 6 / 5.
    expect(ink[5 * 16 + 11]).toBe(0);
    expect(ink[8 * 16 + 8]).toBe(1);
    // (8, 4) lies 10 / 5 = 2 from it: on the edge.
    expect(ink[4 * 16 + 8]).toBeCloseTo(0.5, 12);
  });

  it('takes the darker ink where lines meet, and cuts off what lies outside', () => {
    const [a, b] = [
      [
        [-5, 3],
        [20, 4],
      ],
      [
        [3, -9],
        [5, 30],
      ],
    ] as const;
    const both = drawStrokes([a, b], pen, 12);
    const [onlyA, onlyB] = [drawStrokes([a], pen, 12), drawStrokes([b], pen, 12)];
    expect(both).toEqual(onlyA.map((ink, i) => Math.max(ink, onlyB[i])));
    expect(both).toHaveLength(144);
    expect(drawStrokes([], pen, 3)).toEqual(new Float64Array(9));
  });
});
