import type { KnownFact, KnownPlace } from '../known/types.ts';
import { formatNumber } from '../wording/numbers.ts';
import { counted } from '../wording/sentences.ts';
import type { ValidatedTransition } from '../workbench/known-store.ts';
import { formatTable } from './table.ts';

/** What was found of known transitions, a table of facts each. */
export function describeKnown(transitions: readonly ValidatedTransition[]): string {
  const held = transitions.filter(({ holds }) => holds).length;
  const tables = transitions.map(({ name, title, source, runs, facts }) =>
    [
      `${title} (${name}, ${counted(runs, 'run')}; ${source})`,
      formatTable(['what', 'known', 'found', 'interval', 'verdict'], facts.map(row)),
    ].join('\n'),
  );
  return [...tables, `${held} of ${counted(transitions.length, 'transition')} found as known.`].join('\n\n');
}

function row({ what, known, found, interval, holds }: KnownFact): string[] {
  return [
    what,
    place(known),
    found === null ? 'not found' : formatNumber(found),
    interval === null ? '–' : interval.map((end) => formatNumber(end)).join(' – '),
    holds ? 'as known' : 'otherwise',
  ];
}

function place({ value, low, high }: KnownPlace): string {
  if (value !== undefined) return formatNumber(value);
  return `${formatNumber(low)} to ${formatNumber(high)}`;
}
