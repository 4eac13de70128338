import { describe, expect, it } from 'vitest';
import { ckaMatrixBy } from '../../../src/mechanisms/representations/cka-by-products.ts';
import { ckaMatrix, linearCka } from '../../../src/mechanisms/representations/linear-cka.ts';
import { neuralCollapse } from '../../../src/mechanisms/representations/neural-collapse.ts';
import { sampleDirections } from '../../../src/mechanisms/representations/sample-directions.ts';
import { procrustes, svcca } from '../../../src/mechanisms/representations/subspace-similarity.ts';
import { plainProducts } from '../../../src/numerics/band/matrix-products.ts';
import { createRandom } from '../../../src/numerics/random.ts';
import { expectClose, matrixOf, reference } from '../reference.ts';

const [x, y, z] = [matrixOf(reference.x), matrixOf(reference.y), matrixOf(reference.z)];
const directions = [x, y, z].map(sampleDirections);

describe('similarities of representations', () => {
  it('equal their definitions', () => {
    const cka = ckaMatrix([x, y, z]);
    expectClose([cka[0][1], cka[0][2], cka[1][2]], reference.cka);
    const [a, b, c] = directions;
    expectClose([svcca(a, b), svcca(a, c), svcca(b, c)], reference.svcca);
    expectClose([procrustes(a, b), procrustes(a, c), procrustes(b, c)], reference.procrustes, 9);
  });

  it('are the same by products of whatever kind, whatever the unit, and where a common mean dominates', async () => {
    const random = createRandom('products');
    const wide = Array.from({ length: 90 }, (_, i) => {
      const [unit, mean] = [
        [1, 0],
        [1e-180, 0],
        [1e160, 0],
        [1, 1e7],
        [2 ** -30, 3],
      ][i % 5];
      const data = Float64Array.from({ length: 85 * 7 }, () => unit * (random.normal() + mean));
      return { data, rows: 85, columns: 7 };
    });
    const [wanted, found] = [ckaMatrix(wide), await ckaMatrixBy(plainProducts, wide)];
    wanted.forEach((row, i) => {
      row.forEach((value, j) => {
        if (!value.determined) throw new Error(value.reason);
        expect(found[i][j]).toEqual({ determined: true, value: expect.closeTo(value.value, 11) });
      });
    });
    const flat = { data: new Float64Array(85).fill(2), rows: 85, columns: 1 };
    expect((await ckaMatrixBy(plainProducts, [wide[0], flat]))[0][1]).toMatchObject({ determined: false });
    const broken = { ...flat, data: flat.data.with(3, Number.NaN) };
    await expect(ckaMatrixBy(plainProducts, [wide[0], broken])).rejects.toThrow(
      /representation 1.*NaN in row 3/,
    );
    await expect(ckaMatrixBy(plainProducts, [wide[0], x])).rejects.toThrow(/85 examples/);
    expect(await ckaMatrixBy(plainProducts, [])).toEqual([]);
  });

  it('are symmetric, and 1 for the same representation rotated, scaled and shifted', () => {
    const [c, s] = [Math.cos(1), Math.sin(1)];
    const plane = matrixOf(reference.x.map(([p, q]: number[]) => [p, q]));
    const turned = matrixOf(
      reference.x.map(([p, q]: number[]) => [3 * (c * p - s * q) + 5, 3 * (s * p + c * q) - 2]),
    );
    expectClose([linearCka(plane, turned)], [1], 12);
    const [one, other] = [sampleDirections(plane), sampleDirections(turned)];
    expectClose([svcca(one, other), procrustes(one, other)], [1, 1], 10);
    expect(ckaMatrix([y, z])[0][1]).toEqual(ckaMatrix([y, z])[1][0]);
  });

  it('of unrelated representations are 0 on average, however wide: the estimate is debiased', () => {
    const random = createRandom(11);
    const noise = () => ({
      data: Float64Array.from({ length: 20 * 200 }, () => random.normal()),
      ...{ rows: 20, columns: 200 },
    });
    const found = Array.from({ length: 100 }, () => linearCka(noise(), noise()));
    const mean = found.reduce((sum, value) => sum + (value.determined ? value.value : Number.NaN), 0) / 100;
    expect(Math.abs(mean)).toBeLessThan(0.03);
  });

  it('are undetermined for a representation that does not vary, and refuse different examples', () => {
    const flat = { data: new Float64Array(12).fill(2), rows: 12, columns: 1 };
    expect(linearCka(x, flat)).toMatchObject({ determined: false });
    expect(svcca(directions[0], sampleDirections(flat))).toMatchObject({ determined: false });
    expect(() => linearCka(x, matrixOf([[1], [2], [3], [4]]))).toThrow(/12 examples/);
    expect(() => linearCka(matrixOf([[1], [2]]), matrixOf([[1], [2]]))).toThrow(/at least 4/);
  });
});

describe('neural collapse', () => {
  const activations = { matrix: matrixOf(reference.h), labels: reference.labels, classes: 3 };
  const classifier = { weights: matrixOf(reference.w), bias: Float64Array.from(reference.b as number[]) };

  it('equals its definition', () => {
    const found = neuralCollapse(activations, classifier);
    const names = ['variability', 'equinorm', 'equiangular', 'selfDuality', 'nearestMean'] as const;
    expectClose(
      names.map((name) => found[name]),
      names.map((name) => reference.collapse[name]),
    );
  });

  it('is 0 in every sign for features that sit on a simplex which the classifier shares', () => {
    const corners = matrixOf(
      [0, 0, 1, 1, 2, 2].map((label) => [0, 1, 2].map((unit) => Number(unit === label))),
    );
    const centered = matrixOf(
      [0, 1, 2].map((label) => [0, 1, 2].map((unit) => Number(unit === label) - 1 / 3)),
    );
    const found = neuralCollapse(
      { matrix: corners, labels: [0, 0, 1, 1, 2, 2], classes: 3 },
      { weights: centered, bias: new Float64Array(3) },
    );
    expectClose(Object.values(found), [0, 0, 0, 0, 0], 12);
  });

  it('needs an example of every class, and a classifier for two of its signs', () => {
    const missing = neuralCollapse({ ...activations, classes: 4 }, classifier);
    expect(missing.variability).toEqual({ determined: false, reason: 'class 3 has no example in the probe' });
    expect(neuralCollapse(activations).selfDuality).toMatchObject({ determined: false });
  });
});
