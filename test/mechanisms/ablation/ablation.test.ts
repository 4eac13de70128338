import { describe, expect, it } from 'vitest';
import { ablationEffect } from '../../../src/mechanisms/ablation/ablation-effect.ts';
import { donors, replacePart } from '../../../src/mechanisms/ablation/replacement.ts';
import { answersOf } from '../../../src/mechanisms/classes/class-accuracy.ts';
import { createRandom } from '../../../src/numerics/random.ts';
import { matrixOf } from '../reference.ts';

// Two examples, two positions, two parts of two features.
const data = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 16, 17, 18);
const outputs = { data, examples: 2, features: 4, parts: 2 };
const swapped = Uint32Array.of(1, 0);

describe('what stands in for a part', () => {
  it('is 0, its mean position by position, or what it puts out for another example', () => {
    const replaced = (by: 'zero' | 'mean' | 'resample') => [...replacePart(outputs, 1, by, swapped)!];
    expect(replaced('zero')).toEqual([1, 2, 0, 0, 5, 6, 0, 0, 11, 12, 0, 0, 15, 16, 0, 0]);
    expect(replaced('mean')).toEqual([1, 2, 8, 9, 5, 6, 12, 13, 11, 12, 8, 9, 15, 16, 12, 13]);
    expect(replaced('resample')).toEqual([1, 2, 13, 14, 5, 6, 17, 18, 11, 12, 3, 4, 15, 16, 7, 8]);
    expect([...data.subarray(0, 4)]).toEqual([1, 2, 3, 4]);
  });

  it('is nothing where the part puts out just that', () => {
    const dead = { ...outputs, data: data.map((value, i) => (i % 4 > 1 ? 0 : value)) };
    for (const by of ['zero', 'mean', 'resample'] as const)
      expect(replacePart(dead, 1, by, swapped)).toBeNull();
    expect(replacePart(dead, 0, 'zero', swapped)).not.toBeNull();
  });

  it('comes from another example for each, by the seed alone', () => {
    const found = donors(50, createRandom(3));
    expect(donors(50, createRandom(3))).toEqual(found);
    expect([...found].sort((a, b) => a - b)).toEqual([...Array(50).keys()]);
    expect(found.some((donor, i) => donor === i)).toBe(false);
    expect(() => donors(1, createRandom(3))).toThrow(/at least 2/);
  });
});

describe('what a network loses', () => {
  const answers = (rows: number[][]) => answersOf({ matrix: matrixOf(rows), labels: [0, 1], classes: 3 });
  const intact = answers([
    [2, 0, 0],
    [0, 2, 0],
  ]);

  it('is the change of loss and accuracy, in all and per class', () => {
    const effect = ablationEffect(
      intact,
      answers([
        [2, 0, 0],
        [2, 0, 0],
      ]),
    );
    expect(effect.accuracy).toEqual({ determined: true, value: -0.5 });
    expect(effect.loss.determined && effect.loss.value).toBeCloseTo(1, 12);
    expect(effect.byClass[0]).toEqual({
      loss: { determined: true, value: 0 },
      accuracy: { determined: true, value: 0 },
    });
    expect(effect.byClass[1].accuracy).toEqual({ determined: true, value: -1 });
    expect(effect.byClass[1].loss.determined && effect.byClass[1].loss.value).toBeCloseTo(2, 12);
  });

  it('is not known of a class without examples, nor where nothing was taken out', () => {
    const none = { determined: false, reason: 'class 2 has no example in the probe' };
    expect(ablationEffect(intact, intact).byClass[2]).toEqual({ loss: none, accuracy: none });
    const untouched = ablationEffect(intact, null);
    expect(untouched.loss).toMatchObject({
      reason: expect.stringMatching(/puts out what it was to be replaced by/),
    });
    expect(untouched.byClass[0].accuracy).toMatchObject({ determined: false });
  });
});
