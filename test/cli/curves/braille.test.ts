import { describe, expect, it } from 'vitest';
import { brailleCurve } from '../../../src/cli/curves/braille.ts';

describe('brailleCurve', () => {
  it('joins neighboring points: a straight rise over two characters', () => {
    expect(brailleCurve([0, 1], [0, 1], { columns: 2, rows: 1 })).toEqual(['⡠⠊']);
  });

  it('puts the smallest value into the lowest row of dots and the largest into the highest', () => {
    expect(brailleCurve([0, 1], [1, 1], { columns: 3, rows: 2 })).toEqual(['⠉⠉⠉', '⠀⠀⠀']);
    expect(brailleCurve([0, 1], [0, 0], { columns: 3, rows: 2 })).toEqual(['⠀⠀⠀', '⣀⣀⣀']);
  });

  it('shows a spike of one measurement in its full height', () => {
    const heights = Array.from({ length: 101 }, (_, i) => (i === 50 ? 1 : 0));
    const rows = brailleCurve(
      heights.map((_, i) => i / 100),
      heights,
      { columns: 11, rows: 3 },
    );
    // In each of the three rows, the sixth character has dots above the lowest row of them.
    expect(rows.map((row) => row[5])).not.toContain('⠀');
    expect(rows[0].replaceAll('⠀', '')).toHaveLength(1);
  });

  it('leaves a gap where a value is missing, and draws nothing of none', () => {
    const [row] = brailleCurve([0, 0.3, 0.5, 0.7, 1], [0, 0, Number.NaN, 0, 0], { columns: 11, rows: 1 });
    expect(row).toMatch(/^⣀+⡀?⠀+[⢀⣀]⣀*$/);
    expect(brailleCurve([0, 1], [Number.NaN, Number.NaN], { columns: 2, rows: 1 })).toEqual(['⠀⠀']);
  });

  it('keeps every line as long as asked for, whatever the points', () => {
    const places = Array.from({ length: 1000 }, (_, i) => i / 999);
    const rows = brailleCurve(places, places.map(Math.sin), { columns: 37, rows: 4 });
    expect(rows.map((row) => row.length)).toEqual([37, 37, 37, 37]);
  });
});
