import { describe, expect, it } from 'vitest';
import { linearProbe } from '../../../src/mechanisms/representations/linear-probe.ts';
import { createRandom } from '../../../src/numerics/random.ts';
import { matrixOf, reference } from '../reference.ts';

describe('the linear probe', () => {
  const matrix = matrixOf(reference.features);
  const labels: number[] = reference.classes;

  it('equals a classifier that is fitted anew without each example', () => {
    [1e-3, 0.1, 10].forEach((ridge, i) => {
      const found = linearProbe({ matrix, labels, classes: 4 }, ridge);
      expect(found).toMatchObject({ determined: true, value: reference.linearProbe[i] });
    });
  });

  it('says what guessing the most frequent class reaches, and how surely more is known', () => {
    const found = linearProbe({ matrix, labels, classes: 4 });
    if (!found.determined) throw new Error(found.reason);
    expect(found.chance).toBe(
      Math.max(...[0, 1, 2, 3].map((c) => labels.filter((l) => l === c).length)) / 60,
    );
    expect(found.interval![0]).toBeLessThan(found.value);
    expect(found.interval![1]).toBeGreaterThan(found.value);
  });

  it('is at chance for labels drawn at random, whatever the width: an example is never in its own fit', () => {
    const random = createRandom('probe');
    const noise = {
      data: Float64Array.from({ length: 100 * 400 }, () => random.normal()),
      ...{ rows: 100, columns: 400 },
    };
    const found = Array.from({ length: 20 }, () => {
      const drawn = Array.from({ length: 100 }, () => random.integer(4));
      const probed = linearProbe({ matrix: noise, labels: drawn, classes: 4 });
      return probed.determined ? probed.value : Number.NaN;
    });
    const mean = found.reduce((sum, value) => sum + value, 0) / found.length;
    expect(mean).toBeGreaterThan(0.15);
    expect(mean).toBeLessThan(0.35);
  });

  it('does not depend on the unit, the order of examples or a class that is absent', () => {
    const found = linearProbe({ matrix, labels, classes: 4 });
    const scaled = { ...matrix, data: Float64Array.from(matrix.data, (value) => value * 1024) };
    expect(linearProbe({ matrix: scaled, labels, classes: 7 })).toEqual(found);
    const order = [...labels.keys()].reverse();
    const turned = matrixOf(order.map((i) => reference.features[i]));
    expect(linearProbe({ matrix: turned, labels: order.map((i) => labels[i]), classes: 4 })).toEqual(found);
  });

  it('says why there is none: one class, a class with one example, units that do not vary', () => {
    const small = matrixOf([[1], [2], [3], [4]]);
    const reason = (own: number[], values = small) =>
      linearProbe({ matrix: values, labels: own, classes: 3 });
    expect(reason([1, 1, 1, 1])).toMatchObject({ reason: expect.stringMatching(/fewer than two classes/) });
    expect(reason([0, 0, 1, 0])).toMatchObject({ reason: expect.stringMatching(/class 1 has one example/) });
    expect(reason([0, 0, 1, 1], matrixOf([[2], [2], [2], [2]]))).toMatchObject({
      reason: expect.stringMatching(/does not vary/),
    });
    expect(() => reason([0, 0, 1, 1], matrixOf([[2], [Number.NaN], [2], [2]]))).toThrow(/finite/);
  });
});
