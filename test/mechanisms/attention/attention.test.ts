import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors/input-error.ts';
import { causal, fromLogits, fromProbabilities } from '../../../src/mechanisms/attention/attention-maps.ts';
import { attentionEntropy, attentionSpecialization } from '../../../src/mechanisms/attention/entropy.ts';
import { headSimilarity } from '../../../src/mechanisms/attention/head-similarity.ts';
import {
  attentionDistance,
  duplicateTokenScore,
  firstTokenScore,
  inductionScore,
  previousTokenScore,
} from '../../../src/mechanisms/attention/token-scores.ts';
import { expectClose, reference } from '../reference.ts';

const shape = { examples: 2, heads: 3, queries: 4, keys: 4 };
const maps = fromLogits(reference.logits, shape, causal);

describe('attention maps', () => {
  it('are the softmax of the logits over the keys that a query sees', () => {
    expectClose(
      [...maps.probabilities].map((value) => ({ determined: true, value })),
      reference.probabilities,
      14,
    );
    expect(maps.leftOut).toBe(0);
  });

  it('take probabilities as they are: a second softmax would bring every entropy near that of uniform attention', () => {
    const again = fromProbabilities(reference.probabilities, shape, causal);
    expect([...again.probabilities]).toEqual(reference.probabilities);
    expect(() => fromLogits(reference.probabilities, shape, causal)).toThrow(/before the softmax/);
    expect(() => fromProbabilities(reference.logits, shape, causal)).toThrow(/fromLogits/);
  });

  it('leave out and count rows that are no distributions, those that a mask empties among them', () => {
    const values = [0.5, 0.5, Number.NaN, 1, 0.2, 0.2, 1, 0];
    const some = fromProbabilities(values, { examples: 1, heads: 2, queries: 2, keys: 2 });
    expect([...some.counts]).toEqual([1, 0, 0, 1]);
    expect(some.leftOut).toBe(2);
    const blind = fromLogits(
      [1, 2, 3, 4],
      { examples: 1, heads: 1, queries: 2, keys: 2 },
      (query) => query > 0,
    );
    expect([...blind.counts]).toEqual([0, 1]);
  });

  it('refuse a number of values that is not that of the shape', () => {
    expect(() => fromProbabilities([1], shape)).toThrow(InputError);
    expect(() => fromProbabilities([], { ...shape, heads: 0 })).toThrow(/whole numbers from 1/);
  });
});

describe('measures of attention', () => {
  it('equal their definitions', () => {
    expectClose(attentionEntropy(maps), reference.entropy);
    expectClose(attentionEntropy(maps, 'relative'), reference.relative);
    expectClose(attentionDistance(maps), reference.distance);
    expectClose(previousTokenScore(maps), reference.previous);
    expectClose(firstTokenScore(maps), reference.first);
    expectClose(duplicateTokenScore(maps, reference.tokens), reference.duplicate);
    expectClose(inductionScore(maps, reference.tokens), reference.induction);
    expectClose(headSimilarity(maps).flat(), reference.headSimilarity.flat());
  });

  it('are 0 and ln(keys) nats for a head that looks at one token and one that looks at all', () => {
    const both = fromProbabilities([1, 0, 0, 0, 0.25, 0.25, 0.25, 0.25], {
      ...{ examples: 1, heads: 2, queries: 1, keys: 4 },
    });
    expectClose(attentionEntropy(both), [0, Math.log(4)], 14);
    expectClose(attentionEntropy(both, 'relative'), [0, 1], 14);
    expect(attentionSpecialization(attentionEntropy(both))).toMatchObject({ min: 0, max: Math.log(4) });
  });

  it('say why there is none: one key, one head, no repeated token', () => {
    const single = fromProbabilities([1, 1], { examples: 2, heads: 1, queries: 1, keys: 1 });
    expect(attentionEntropy(single, 'relative')).toEqual([
      { determined: false, reason: 'no row of this head is a distribution over two or more keys' },
    ]);
    expect(attentionSpecialization(attentionEntropy(single))).toBeNull();
    expect(previousTokenScore(single)[0].determined).toBe(false);
    expect(inductionScore(maps, [1, 2, 3, 4, 5, 6, 7, 8])[0]).toMatchObject({ determined: false });
    expect(() => inductionScore(maps, [1, 2])).toThrow(/2 examples of 4 tokens/);
  });

  it('do not depend on the order of the examples, and follow the order of the heads', () => {
    const { probabilities } = maps;
    const swapped = fromProbabilities(
      [...probabilities.subarray(48), ...probabilities.subarray(0, 48)],
      shape,
      causal,
    );
    expectClose(
      attentionEntropy(swapped),
      attentionEntropy(maps).map((head) => (head.determined ? head.value : Number.NaN)),
      14,
    );
  });
});
