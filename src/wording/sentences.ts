/** How numbers, shares and counts are said within a sentence. Cells of tables have `numbers.ts`. */

import { typeset } from './typeset.ts';

/**
 * A number in a sentence: counts whole and grouped, everything else with three significant digits.
 *
 * @example
 * [1234, 0.01666, Infinity, NaN].map(brief); // ['1,234', '0.0167', '∞', 'not determined']
 */
export function brief(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '∞';
  if (!Number.isFinite(value)) return 'not determined';
  return typeset(Number.isInteger(value) ? value : Number(value.toPrecision(3)));
}

/**
 * A share of 1 in a sentence, as a percentage with three significant digits.
 *
 * @example
 * percent(0.0456); // '4.56 %'
 */
export function percent(share: number): string {
  return Number.isFinite(share) ? `${brief(Number((100 * share).toPrecision(3)))} %` : 'not determined';
}

/**
 * A count with its noun.
 *
 * @param plural where it is not the noun with an s.
 * @example
 * [counted(1, 'run'), counted(55, 'run'), counted(2, 'series', 'series')]; // ['1 run', '55 runs', '2 series']
 */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${brief(count)} ${count === 1 ? noun : plural}`;
}

/**
 * A few names and how many more there are.
 *
 * @example
 * someOf(['a', 'b', 'c', 'd', 'e']); // 'a, b, c and 2 more'
 */
export function someOf(names: readonly string[], most = 3): string {
  const distinct = [...new Set(names)];
  if (distinct.length <= most) return distinct.join(', ');
  return `${distinct.slice(0, most).join(', ')} and ${distinct.length - most} more`;
}

/**
 * How an interval at a level is called.
 *
 * @param alpha share of intervals that miss, 0 to 1.
 * @example
 * intervalName(0.01); // '99 % interval'
 */
export function intervalName(alpha: number): string {
  return `${coverage(alpha)} interval`;
}

/**
 * What intervals at a level cover.
 *
 * @example
 * coverage(0.05); // '95 %'
 */
export function coverage(alpha: number): string {
  return `${Number((100 * (1 - alpha)).toFixed(2))} %`;
}

/**
 * A count as it stands in a sentence, with a word for 0.
 *
 * @example
 * [0, 1234].map(noneOr); // ['none', '1,234']
 */
export function noneOr(count: number): string {
  return count === 0 ? 'none' : brief(count);
}

/** A text with a capital letter at its beginning. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
