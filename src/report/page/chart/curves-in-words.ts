import { brief, counted } from '../../../wording/sentences.ts';
import type { ChartContent } from './curve.ts';
import { type ShownValues, shownValues, type ValueAt } from './shown-values.ts';

/** The message of a chart in sentences, for readers who do not see it. */
export function curvesInWords(
  { curves, subject, smoothing }: Pick<ChartContent, 'curves' | 'subject' | 'smoothing'>,
  range: readonly [number, number],
): string {
  const shown = shownValues(curves, range);
  const [from, to] = range.map((step) => brief(Math.round(step)));
  if (shown.length === 0) return `${subject}: no values between training steps ${from} and ${to}.`;
  const highest = shown.reduce((best, one) => (one.highest.value > best.highest.value ? one : best));
  const lowest = shown.reduce((best, one) => (one.lowest.value < best.lowest.value ? one : best));
  return [
    `${subject}, training steps ${from} to ${to}: ${counted(shown.length, 'line')}.`,
    shown.length === 1 ? courseOf(shown[0]) : courseOfAll(shown),
    `Highest ${at(highest.highest, highest, shown)}; lowest ${at(lowest.lowest, lowest, shown)}.`,
    marksIn(shown, range),
    smoothing > 1 ? `Lines are means of up to ${smoothing} measurements.` : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function at({ step, value }: ValueAt, { curve }: ShownValues, shown: readonly ShownValues[]): string {
  return `${brief(value)}${shown.length === 1 ? '' : ` (${curve.label})`} at step ${brief(step)}`;
}

function courseOf({ first, last }: ShownValues): string {
  return `From ${brief(first.value)} to ${brief(last.value)}.`;
}

function courseOfAll(shown: readonly ShownValues[]): string {
  const most = shown.reduce((best, one) => (one.last.value > best.last.value ? one : best));
  const least = shown.reduce((best, one) => (one.last.value < best.last.value ? one : best));
  const up = shown.filter(({ first, last }) => last.value > first.value).length;
  const down = shown.filter(({ first, last }) => last.value < first.value).length;
  return `${rangeOf(shown.map(({ first }) => first.value))} at the beginning, ${rangeOf(
    shown.map(({ last }) => last.value),
  )} at the end: ${endsOf(up, down)}. At the end ${most.curve.label} is highest, ${least.curve.label} lowest.`;
}

function endsOf(up: number, down: number): string {
  const above = up === 0 ? 'none ends' : up === 1 ? '1 ends' : `${up} end`;
  return `${above} higher than ${up > 1 ? 'they begin' : 'it begins'}, ${down === 0 ? 'none' : down} lower`;
}

function rangeOf(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)].map(brief);
  return low === high ? low : `${low} to ${high}`;
}

function countedOrNo(count: number, noun: string): string {
  return count === 0 ? `no ${noun}` : counted(count, noun);
}

/** How many rises, falls, jumps and turning points of the analysis lie in a range. */
function marksIn(shown: readonly ShownValues[], [low, high]: readonly [number, number]): string {
  const marks = shown.flatMap(({ curve }) => curve.marks ?? []);
  if (marks.length === 0) return '';
  const stretches = marks.flatMap((one) =>
    one.stretches.filter(([, , from, to]) => to >= low && from <= high),
  );
  const turns = marks.flatMap((one) => one.turns.filter(([, step]) => step >= low && step <= high));
  const rises = stretches.filter(([kind]) => kind === 'rise').length;
  const jumps = stretches.filter(([, pace]) => pace === 'jump').length;
  return `Marked are ${countedOrNo(rises, 'rise')} and ${countedOrNo(stretches.length - rises, 'fall')}, ${
    jumps === 0 ? 'none of them a jump' : `${jumps} of them ${jumps === 1 ? 'a jump' : 'jumps'}`
  }, and ${countedOrNo(turns.length, 'turning point')}.`;
}
