import { describe, expect, it } from 'vitest';
import { answersOf } from '../../../src/mechanisms/classes/class-accuracy.ts';
import { matrixOf } from '../reference.ts';

describe('what a network answers', () => {
  const matrix = matrixOf([
    [2, 0, 1],
    [0, 3, 0],
    [0, 1, 4],
    [5, 0, 0],
  ]);
  const labels = [0, 1, 1, 0];

  it('is counted in all and per class', () => {
    const { accuracy, loss, byClass } = answersOf({ matrix, labels, classes: 3 });
    expect(accuracy).toMatchObject({ determined: true, value: 0.75, chance: 1 / 3 });
    expect(byClass[0].accuracy).toMatchObject({ value: 1 });
    expect(byClass[1].accuracy).toMatchObject({ value: 0.5 });
    const crossEntropy = (row: number) => {
      const own = [...matrix.data.subarray(row * 3, row * 3 + 3)];
      return Math.log(own.reduce((sum, x) => sum + Math.exp(x), 0)) - own[labels[row]];
    };
    const losses = labels.map((_, row) => crossEntropy(row));
    expect(loss.determined && loss.value).toBeCloseTo(losses.reduce((a, b) => a + b) / 4, 12);
    expect(byClass[1].loss).toMatchObject({ determined: true });
    expect(byClass[1].loss.determined && byClass[1].loss.value).toBeCloseTo((losses[1] + losses[2]) / 2, 12);
  });

  it('says of a class without examples that there are none', () => {
    const { byClass } = answersOf({ matrix, labels, classes: 3 });
    expect(byClass[2].accuracy).toMatchObject({ reason: 'class 2 has no example in the probe' });
    expect(byClass[2].loss).toMatchObject({ reason: 'class 2 has no example in the probe' });
  });

  it('takes the first class where logits are equal, and large logits without overflow', () => {
    const found = answersOf({
      matrix: matrixOf([
        [1000, 1000],
        [0, -1000],
      ]),
      labels: [1, 1],
      classes: 2,
    });
    expect(found.accuracy).toMatchObject({ value: 0 });
    expect(found.loss.determined && found.loss.value).toBeCloseTo((Math.log(2) + 1000) / 2, 9);
  });

  it('refuses logits that are not one per class, or no numbers', () => {
    expect(() => answersOf({ matrix, labels, classes: 4 })).toThrow(/4, one per class/);
    expect(() => answersOf({ matrix: matrixOf([[Number.NaN, 1]]), labels: [0], classes: 2 })).toThrow(
      /finite/,
    );
  });
});
