import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placesInColumns } from '../../src/figures/column-places.ts';

const curve = fc
  .array(
    fc.record({
      gap: fc.double({ min: 1e-3, max: 5, noNaN: true }),
      value: fc.oneof(
        { weight: 9, arbitrary: fc.double({ min: -1e3, max: 1e3, noNaN: true }) },
        { weight: 1, arbitrary: fc.constant(Number.NaN) },
      ),
    }),
    { minLength: 1, maxLength: 300 },
  )
  .map((points) => {
    let at = 0;
    return { along: points.map(({ gap }) => (at += gap)), values: points.map(({ value }) => value) };
  });

describe('the places of a curve that a picture can tell apart', () => {
  it('are in order, and hold the extremes of every column and the ends of every piece', () => {
    fc.assert(
      fc.property(curve, fc.integer({ min: 1, max: 40 }), ({ along, values }, columns) => {
        const n = along.length;
        const range = [along[0], along[n - 1]] as const;
        const places = placesInColumns(along, values, 0, n, range, columns);
        expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
        const kept = new Set(places);
        const columnOf = (i: number): number =>
          Math.floor((columns * (along[i] - range[0])) / (range[1] - range[0] || 1));
        for (const column of new Set(along.map((_, i) => columnOf(i)))) {
          const all = values.filter((value, i) => columnOf(i) === column && !Number.isNaN(value));
          const some = places.map((i) => (columnOf(i) === column ? values[i] : Number.NaN));
          const shown = some.filter((value) => !Number.isNaN(value));
          if (all.length === 0) continue;
          expect(Math.min(...shown)).toBe(Math.min(...all));
          expect(Math.max(...shown)).toBe(Math.max(...all));
        }
        values.forEach((value, i) => {
          if (Number.isNaN(value)) return;
          const isEnd = i === 0 || i === n - 1 || Number.isNaN(values[i - 1]) || Number.isNaN(values[i + 1]);
          if (isEnd) expect(kept.has(i)).toBe(true);
        });
        // A gap between two pieces is one place, so that they are not connected.
        const gaps = values.filter((value, i) => Number.isNaN(value) && !Number.isNaN(values[i - 1] ?? 0));
        expect(places.filter((i) => Number.isNaN(values[i]))).toHaveLength(gaps.length);
      }),
    );
  });

  it('are at most three a column and its end, however many there are', () => {
    const along = Array.from({ length: 10_000 }, (_, i) => i);
    const values = along.map((i) => Math.sin(i * i));
    const places = placesInColumns(along, values, 0, 10_000, [0, 9_999], 50);
    expect(places.length).toBeLessThanOrEqual(3 * 51 + 1);
    expect(places.length).toBeGreaterThan(100);
  });

  it('are all of a part, where the part has few', () => {
    expect(placesInColumns([0, 1, 2, 3, 4], [5, 9, 1, 2, 8], 1, 4, [1, 3], 100)).toEqual([1, 2, 3]);
    expect(placesInColumns([], [], 0, 0, [0, 1], 10)).toEqual([]);
  });
});
