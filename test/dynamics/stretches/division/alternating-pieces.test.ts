import { describe, expect, it } from 'vitest';
import { fewestPieces } from '../../../../src/dynamics/stretches/division/alternating-pieces.ts';

const window = (first: number, last: number) => ({ first, last });

describe('pieces', () => {
  it('are as few as can be, each turn between where it is latest and earliest', () => {
    const windows = { rising: [window(0, 9), window(2, 11)], falling: [window(30, 33), window(40, 43)] };
    expect(fewestPieces(windows, 50)).toEqual({ sign: 1, turns: [window(3, 32)] });
    expect(fewestPieces({ rising: [], falling: [window(3, 5)] }, 50)).toEqual({ sign: -1, turns: [] });
  });
});
