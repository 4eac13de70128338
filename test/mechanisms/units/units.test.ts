import { describe, expect, it } from 'vitest';
import { mutualInformation } from '../../../src/mechanisms/units/mutual-information.ts';
import { classMeans, discriminability, selectivityIndex } from '../../../src/mechanisms/units/selectivity.ts';
import { deadUnits, hoyer, shareBelow, trevesRolls } from '../../../src/mechanisms/units/sparsity.ts';
import { createRandom } from '../../../src/numerics/random.ts';
import { expectClose, matrixOf, reference } from '../reference.ts';

const h = matrixOf(reference.h);
const labeled = { matrix: h, labels: reference.labels as number[], classes: 3 };

describe('measures of units', () => {
  it('equal their definitions', () => {
    expectClose(trevesRolls(h), reference.trevesRolls);
    expectClose(hoyer(h), reference.hoyer);
    const { means } = classMeans(labeled);
    const column = (reference.h as number[][]).slice(8, 16).map((row) => row[4]);
    expect(means[4 * 3 + 1]).toBeCloseTo(column.reduce((a, b) => a + b) / 8, 12);
  });

  it('are 1 for a unit that answers a single class, 0 for one that answers all alike', () => {
    const matrix = matrixOf([
      [0, 2],
      [0, 2],
      [3, 2],
      [3, 2],
    ]);
    const units = { matrix, labels: [0, 0, 1, 1], classes: 2 };
    expectClose(selectivityIndex(units), [1, 0], 14);
    expect(discriminability(units)[0]).toMatchObject({ reason: expect.stringMatching(/does not vary/) });
    // One bit, less the bias of a two by two table of four examples.
    expectClose([mutualInformation(units, 2)[0]], [Math.log(2) - 1 / 8], 12);
    expect(trevesRolls(matrixOf([[5], [0], [0], [0]]))).toEqual([{ determined: true, value: 1 }]);
  });

  it('leave an uninformed unit no information on average: the bias is subtracted', () => {
    const random = createRandom(3);
    const values = Float64Array.from({ length: 160 * 200 }, () => random.normal());
    const found = mutualInformation({
      matrix: { data: values, rows: 160, columns: 200 },
      labels: Array.from({ length: 160 }, (_, i) => i % 10),
      classes: 10,
    });
    const mean = found.reduce((sum, unit) => sum + (unit.determined ? unit.value : Number.NaN), 0) / 200;
    expect(Math.abs(mean)).toBeLessThan(0.02);
  });

  it('say why there is none', () => {
    const negative = matrixOf([[-1], [2]]);
    expect(selectivityIndex({ matrix: negative, labels: [0, 1], classes: 2 })[0]).toMatchObject({
      reason: expect.stringMatching(/negative/),
    });
    expect(selectivityIndex({ matrix: negative, labels: [1, 1], classes: 2 })[0]).toMatchObject({
      reason: expect.stringMatching(/fewer than two classes/),
    });
    expect(shareBelow(matrixOf([[Number.NaN]]))).toMatchObject({ determined: false });
    expect(() => classMeans({ matrix: negative, labels: [0, 7], classes: 2 })).toThrow(/0 to 1/);
    expect(() => classMeans({ matrix: matrixOf([[Number.NaN]]), labels: [0], classes: 2 })).toThrow(
      /unit 0 on example 0/,
    );
  });

  it('find silent units', () => {
    expect(
      deadUnits(
        matrixOf([
          [0, 1, 0],
          [0, 0, 0],
        ]),
      ),
    ).toEqual([0, 2]);
    expect(shareBelow(matrixOf([[0, 0.05, 1, -2]]))).toEqual({ determined: true, value: 0.5 });
  });
});
