import { describe, expect, it } from 'vitest';
import { MinimalWindows } from '../../../../src/dynamics/stretches/windows/minimal-windows.ts';

const window = (first: number, last: number) => ({ first, last });

describe('windows', () => {
  it('are kept where they contain no other', () => {
    const minimal = new MinimalWindows(20);
    for (const [first, last] of [
      [4, 7],
      [10, 13],
      [11, 14],
      [3, 8],
      [5, 10],
      [8, 13],
      [0, 3],
    ]) {
      minimal.add(first, last);
    }
    expect(minimal.list()).toEqual([
      window(0, 3),
      window(4, 7),
      window(5, 10),
      window(10, 13),
      window(11, 14),
    ]);
  });
});
