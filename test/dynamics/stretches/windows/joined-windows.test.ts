import { describe, expect, it } from 'vitest';
import { growWindows, joinWindows } from '../../../../src/dynamics/stretches/windows/joined-windows.ts';

const window = (first: number, last: number) => ({ first, last });

describe('windows', () => {
  it('join where they overlap, and grow by what touches them', () => {
    const windows = [window(8, 12), window(0, 3), window(2, 5), window(17, 19)];
    expect(joinWindows(windows)).toEqual([window(0, 5), window(8, 12), window(17, 19)]);
    expect(joinWindows(windows, 3)).toEqual([window(0, 12), window(17, 19)]);
    expect(growWindows([window(4, 6)], windows)).toEqual([window(0, 6)]);
  });
});
