import { expect, it } from 'vitest';
import { createModel } from '../../src/models/create-model.ts';
import { forwardCost } from '../../src/training/forward-cost.ts';

it('counts the multiplications of an MLP: inputs times units of every layer', () => {
  const model = createModel({ family: 'mlp', hidden: [5, 3] }, { exampleShape: [7], classes: 2 });
  expect(forwardCost(model).multiplications).toBe(7 * 5 + 5 * 3 + 3 * 2);
});

it('counts a convolution as a product for every position', () => {
  const model = createModel({ family: 'cnn', channels: [4] }, { exampleShape: [1, 8, 8], classes: 2 });
  const convolution = 64 * 9 * 4;
  const classifier = 16 * 4 * 2;
  expect(forwardCost(model).multiplications).toBe(convolution + classifier);
});

it('grows with the words of a transformer, whose attention looks at pairs of them', () => {
  const architecture = { family: 'transformer', width: 8, heads: 2, blocks: 1, vocabulary: 20 } as const;
  const of = (words: number) =>
    forwardCost(createModel(architecture, { exampleShape: [words], classes: 2, vocabulary: 20 }));
  expect(of(16).multiplications).toBeGreaterThan(2 * of(8).multiplications);
});
