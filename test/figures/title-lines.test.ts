import { describe, expect, it } from 'vitest';
import { titleLines } from '../../src/figures/title-lines.ts';

describe('a title in lines that fit its figure', () => {
  it.each([
    ['Accuracy of 6 runs', 'Accuracy of 6 runs'],
    [
      'tanh_2x32_random-labels_learningRate0.2_seed0: the loss around the weights',
      ['tanh_2x32_random-labels_learningRate0.2_seed0:', 'the loss around the weights'],
    ],
    [
      'mlp_narrow_mnist_seed0: no period in which layers are fast together beyond what mere chance alone would give',
      [
        'mlp_narrow_mnist_seed0:',
        'no period in which layers are fast together beyond what mere chance alone',
        'would give',
      ],
    ],
  ])('%s', (title, lines) => {
    expect(titleLines(title)).toEqual(lines);
  });
});
