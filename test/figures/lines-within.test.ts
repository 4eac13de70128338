import { describe, expect, it } from 'vitest';
import { linesWithin } from '../../src/figures/lines-within.ts';
import { styles } from '../../src/figures/styles.ts';
import { textWidth } from '../../src/figures/text-width.ts';

const title = { bold: true, named: true, fontSize: 14.7 };

describe('a text in lines that fit its figure', () => {
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
  ])('%s', (text, lines) => {
    expect(linesWithin(text, 560, styles.default, title)).toEqual(lines);
  });

  it('keeps a number with its percent sign', () => {
    const room = textWidth('half-way, with the 95', 12.7) + 1;
    expect(linesWithin('half-way, with the 95 % interval', room, styles.default)).toEqual([
      'half-way, with the',
      '95 % interval',
    ]);
  });

  it('has more lines in a wider face', () => {
    const text = 'in more than a few of all draws of the null model the layers meet somewhere';
    const room = textWidth(text, 12.7) + 1;
    expect(linesWithin(text, room, styles.default)).toBe(text);
    expect(linesWithin(text, room, { ...styles.academic, small: 12.7 })).toHaveLength(2);
  });

  it('parts a name that no line holds, at its own joints', () => {
    const name = 'transformer_with_a_very_long_name_that_somebody_gave_it_learningRate0.0003_seed12';
    const lines = linesWithin(name, 250, styles.default) as string[];
    expect(lines.join('')).toBe(name);
    for (const line of lines) expect(textWidth(line, 12.7)).toBeLessThanOrEqual(250);
    for (const line of lines.slice(0, -1)) expect(line).toMatch(/_$/);
    // Without joints as it comes.
    expect((linesWithin('x'.repeat(100), 100, styles.default) as string[]).join('')).toBe('x'.repeat(100));
  });
});
