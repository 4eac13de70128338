import { describe, expect, it } from 'vitest';
import { spearman } from '../../src/published/spearman.ts';

describe('Spearman’s correlation', () => {
  // scipy.stats.spearmanr
  it.each([
    [[1, 2, 3, 4, 5], [2, 1, 4, 3, 5], 0.7999999999999999, 0.10408803866182788],
    [
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
      [3, 1, 2, 6, 5, 4, 9, 10, 7, 8],
      0.8181818181818182,
      0.003814920082550713,
    ],
    [[0, 2, 4, 999], [0, 0, 3, 7], 0.9486832980505139, 0.05131670194948613],
    [[1, 1, 2, 2, 3, 3, 4], [1, 2, 3, 1, 2, 3, 9], 0.69811320754717, 0.08108783881005197],
    [[1, 2, 3], [1, 3, 2], 0.5, 0.6666666666666666],
    [[1, 2, 3], [3, 2, 1], -1, 0],
  ])('of %j and %j is SciPy’s', (x, y, rho, pValue) => {
    const ours = spearman(x, y);
    expect(ours.rho).toBeCloseTo(rho, 12);
    expect(ours.pValue).toBeCloseTo(pValue, 12);
  });

  it('is undefined, not 0, where one side is constant', () => {
    expect(spearman([1, 2, 3], [0, 0, 0])).toEqual({ rho: Number.NaN, pValue: Number.NaN });
  });
});
