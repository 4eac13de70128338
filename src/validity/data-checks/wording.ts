import type { Place } from './fault.ts';

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

/** `run layer` of a place, as far as it has them. */
export function placeName({ run, layer }: Place): string {
  return [run, layer].filter((part) => part != null).join(' ');
}

/** A number for a message: three significant digits, counts whole. */
export function brief(value: number): string {
  return Number.isInteger(value) ? value.toLocaleString('en-US') : `${Number(value.toPrecision(3))}`;
}

/** A share for a message, e.g. `4.6 %`. */
export function percent(share: number): string {
  return `${brief(Number((100 * share).toPrecision(3)))} %`;
}

/** `1 run`, `55 runs`. */
export function counted(count: number, noun: string): string {
  return `${brief(count)} ${noun}${count === 1 ? '' : 's'}`;
}
