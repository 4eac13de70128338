import { describe, expect, it } from 'vitest';
import { featureDimensionality } from '../../src/spectra/feature-dimensionality.ts';

const of = (rows: number, ...data: number[]) =>
  featureDimensionality({ data: Float64Array.from(data), rows, columns: data.length / rows });

describe('the dimensionality of a feature', () => {
  it('is 1 alone, ½ in an antipodal pair, 0 for a feature that is not represented', () => {
    expect(of(2, 1, 0, 0, 0, 2, 0).map(({ dimensionality }) => dimensionality)).toEqual([1, 1, 0]);
    expect(of(1, 1, -1).map(({ dimensionality }) => dimensionality)).toEqual([0.5, 0.5]);
    expect(of(1, 0).map(({ squaredNorm }) => squaredNorm)).toEqual([0]);
  });

  it('is 2/5 for each corner of a pentagon, which share the two dimensions of the plane', () => {
    const angles = [0, 1, 2, 3, 4].map((corner) => (2 * Math.PI * corner) / 5);
    const pentagon = of(2, ...angles.map(Math.cos), ...angles.map(Math.sin));
    for (const { dimensionality, squaredNorm } of pentagon) {
      expect(dimensionality).toBeCloseTo(0.4, 12);
      expect(squaredNorm).toBeCloseTo(1, 12);
    }
  });

  it('does not depend on the scale of the weights', () => {
    const [small, large] = [of(2, 1, 2, 3, 4, 0, 1), of(2, 10, 20, 30, 40, 0, 10)];
    small.forEach(({ dimensionality }, i) => {
      expect(large[i].dimensionality).toBeCloseTo(dimensionality, 12);
    });
  });
});
