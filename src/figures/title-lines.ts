import { textWidth } from './text-width.ts';
import { FONT_SIZE, PANEL_WIDTH } from './theme.ts';

/** Whether a bold line fits over a panel. */
const fits = (line: string): boolean => textWidth(line, FONT_SIZE, true) <= PANEL_WIDTH;

/**
 * A figure's title in lines that fit it: what is longer is parted, after the colon that follows a run's name if there is one, else between words.
 *
 * @example
 * titleLines('tanh_2x32_random-labels_learningRate0.2_seed0: the loss around the weights');
 * // ['tanh_2x32_random-labels_learningRate0.2_seed0:', 'the loss around the weights']
 */
export function titleLines(title: string): string | string[] {
  if (fits(title)) return title;
  const colon = title.indexOf(': ');
  const parts = colon < 0 ? [title] : [title.slice(0, colon + 1), title.slice(colon + 2)];
  return parts.flatMap(inLines);
}

function inLines(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && !fits(`${line} ${word}`)) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}
