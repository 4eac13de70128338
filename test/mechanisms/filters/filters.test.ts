import { describe, expect, it } from 'vitest';
import { filterBank } from '../../../src/mechanisms/filters/filter-bank.ts';
import { filterDrift, matchFilters } from '../../../src/mechanisms/filters/filter-drift.ts';
import { filterFrequency } from '../../../src/mechanisms/filters/filter-frequency.ts';
import {
  filterDiversity,
  filterOrthogonality,
  filterSimilarity,
} from '../../../src/mechanisms/filters/filter-similarity.ts';
import { expectClose, reference } from '../reference.ts';

const bank = filterBank(Float64Array.from(reference.filters as number[]), [4, 2, 3, 3]);
const others = filterBank(Float64Array.from(reference.others as number[]), [4, 2, 3, 3]);

describe('measures of filters', () => {
  it('equal their definitions', () => {
    expectClose([filterOrthogonality(bank)], [reference.orthogonality]);
    expectClose([filterDiversity(bank)], [reference.diversity]);
    expectClose(
      filterFrequency(bank).map((value) => ({ determined: true, value: value! })),
      reference.frequency,
    );
  });

  it('match filters to where they went, whatever their order', () => {
    const match = matchFilters(bank, others);
    expect([...match.partner]).toEqual(reference.partner);
    expectClose(
      [...match.cosine].map((value) => ({ determined: true, value })),
      reference.matched,
    );
  });

  it('know orthogonal filters from copies of one', () => {
    const apart = filterBank(Float64Array.of(1, 0, 0, 0, -3, 0, 0, 0, 2), [3, 3]);
    const alike = filterBank(Float64Array.of(1, 2, -2, -4, 3, 6), [3, 2]);
    expectClose([filterOrthogonality(apart), filterDiversity(apart)], [1, 1], 12);
    expectClose([filterOrthogonality(alike), filterDiversity(alike)], [0, 0.5], 12);
  });

  it('give a checkerboard the highest frequency, a flat patch none, one tap none at all', () => {
    const patches = filterBank(Float64Array.of(1, 1, 1, 1, 1, -1, -1, 1), [2, 1, 2, 2]);
    expect(filterFrequency(patches)[0]).toBeCloseTo(0, 12);
    expect(filterFrequency(patches)[1]).toBeCloseTo(Math.SQRT1_2, 12);
    expect(filterFrequency(filterBank(Float64Array.of(1, 2), [2, 1]))).toEqual([null, null]);
  });

  it('say of dead filters and of one filter alone that there is nothing to compare', () => {
    const dead = filterBank(Float64Array.of(0, 0, 1, 2), [2, 2]);
    expect(filterSimilarity(dead)[0]).toEqual([null, null]);
    expect(filterOrthogonality(dead)).toMatchObject({ determined: false });
    expect(filterDiversity(filterBank(Float64Array.of(1, 2), [1, 2]))).toMatchObject({ determined: false });
    expect(filterDrift(dead, dead)).toEqual([
      { turn: null, relative: null },
      { turn: 0, relative: 0 },
    ]);
  });

  it('refuse layers of different shapes, and shapes that are none', () => {
    const wide = filterBank(Float64Array.of(1, 2, 3, 4), [1, 4]);
    expect(() => matchFilters(bank, wide)).toThrow(/\[4, 2, 3, 3\]/);
    expect(() => filterBank(new Float32Array(5), [2, 3])).toThrow(/2 to 4 extents/);
  });
});
