import type { KnownFact, KnownPlace } from './types.ts';

/** A number found in a run, with the interval that its own measurement allows. */
export interface Finding {
  readonly value: number;
  readonly interval?: readonly [number, number];
}

/** What is known exactly, to a share of it. */
export function exactly(value: number, tolerance: number): KnownPlace {
  const room = Math.abs(value) * tolerance;
  return { value, low: value - room, high: value + room };
}

/** What is known to lie between two numbers. */
export function between(low: number, high: number): KnownPlace {
  return { low, high };
}

/**
 * Holds what runs found against what is known: every run must have found it, where it should be, with an interval, if it
 * has one, that meets it.
 *
 * @param findings one for every run; null for a run that did not find it.
 */
export function factOf(what: string, known: KnownPlace, findings: readonly (Finding | null)[]): KnownFact {
  const there = findings.filter((one) => one !== null);
  const intervals = there.flatMap(({ interval }) => (interval === undefined ? [] : [interval]));
  const isRight = ({ value, interval }: Finding): boolean =>
    value >= known.low &&
    value <= known.high &&
    (interval === undefined ||
      (interval[0] <= (known.value ?? known.high) && interval[1] >= (known.value ?? known.low)));
  return {
    what,
    known,
    found: there.length === 0 ? null : there.reduce((sum, { value }) => sum + value, 0) / there.length,
    interval:
      intervals.length === 0
        ? null
        : [Math.min(...intervals.map(([low]) => low)), Math.max(...intervals.map(([, high]) => high))],
    holds: findings.length > 0 && there.length === findings.length && there.every(isRight),
  };
}
