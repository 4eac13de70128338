import { firstStepAbove0 } from '../../figures/log-steps.ts';

/** How training steps lie along a line: `log` from the first measured step after 0 on, and linear below, so that 0 has a place. */
export type StepScale = 'log' | 'linear';
export const stepScales: readonly StepScale[] = ['log', 'linear'];

export interface StepAxis {
  /** Of a step, 0 at the first measured one to 1 at the last. */
  readonly placeOf: (step: number) => number;
  /** The axis in two lines of so many characters: ticks, and the steps written below them. */
  readonly draw: (columns: number) => readonly [string, string];
}

/**
 * The axis of a run's training steps.
 *
 * @example
 * stepAxis([0, 5, 10, 1995], 'log').placeOf(1995); // 1
 */
export function stepAxis(steps: ArrayLike<number>, scale: StepScale): StepAxis {
  const [first, last] = [steps[0] ?? 0, steps[steps.length - 1] ?? 0];
  const above0 = firstStepAbove0([{ steps }]);
  const along = (step: number): number => (scale === 'linear' ? step : Math.asinh(step / above0));
  const span = along(last) - along(first);
  const placeOf = (step: number): number => (span > 0 ? (along(step) - along(first)) / span : 0);
  return { placeOf, draw: (columns) => drawAxis(ticksWithin(first, last, scale), placeOf, columns) };
}

function ticksWithin(first: number, last: number, scale: StepScale): number[] {
  const within: number[] = [];
  if (scale === 'log') {
    for (let power = 1; power < last; power *= 10) within.push(power, 2 * power, 5 * power);
  } else {
    const size = 10 ** Math.floor(Math.log10(Math.max(1, last - first)));
    const every = (last - first) / size < 3 ? size / 2 : size;
    for (let step = Math.ceil(first / every) * every; step < last; step += every) within.push(step);
  }
  // Ends first, and powers of ten before what lies between: whoever comes later finds its place taken.
  const rank = (step: number): number => (Number.isInteger(Math.log10(step)) ? 0 : 1);
  return [first, last, ...within.filter((step) => step > first).sort((a, b) => rank(a) - rank(b) || a - b)];
}

function drawAxis(
  ticks: readonly number[],
  placeOf: (step: number) => number,
  columns: number,
): readonly [string, string] {
  const line = Array.from({ length: columns }, () => '─');
  const labels = Array.from({ length: columns }, () => ' ');
  for (const step of ticks) {
    // Ungrouped: a line has room for few of them.
    const text = String(step);
    const at = Math.round(placeOf(step) * (columns - 1));
    const from = Math.max(0, Math.min(columns - text.length, at - Math.floor(text.length / 2)));
    // A label keeps a space to both sides.
    if (labels.slice(Math.max(0, from - 1), from + text.length + 1).some((sign) => sign !== ' ')) continue;
    line[at] = '┴';
    for (let k = 0; k < text.length; k++) labels[from + k] = text[k];
  }
  return [line.join(''), labels.join('').trimEnd()];
}
