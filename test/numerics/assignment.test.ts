import { describe, expect, it } from 'vitest';
import { assignment } from '../../src/numerics/assignment.ts';
import { reference } from '../mechanisms/reference.ts';

describe('the cheapest assignment', () => {
  it('is that of SciPy, with more columns than rows too', () => {
    expect([...assignment(6, 9, (i, j) => reference.costs[i][j])]).toEqual(reference.assignment);
  });

  it('is the best of all permutations of four', () => {
    const cost = (i: number, j: number) => ((i * 7 + j * 5 + i * j * 3) % 11) - (i === j ? 1 : 0);
    const total = (columns: ArrayLike<number>) =>
      Array.from(columns).reduce((sum, j, i) => sum + cost(i, j), 0);
    const orders = (rest: number[]): number[][] =>
      rest.length === 0
        ? [[]]
        : rest.flatMap((j) => orders(rest.filter((k) => k !== j)).map((o) => [j, ...o]));
    const best = Math.min(...orders([0, 1, 2, 3]).map(total));
    expect(total(assignment(4, 4, cost))).toBe(best);
  });

  it('needs a column for every row', () => {
    expect(() => assignment(3, 2, () => 0)).toThrow(RangeError);
    expect([...assignment(0, 3, () => 0)]).toEqual([]);
  });
});
