import { InputError } from '../../errors/input-error.ts';

/** How often a class is recognized over training. */
export interface ClassCurve {
  /** Ascending. */
  readonly steps: ArrayLike<number>;
  /** Share of its examples put into it, 0 to 1; NaN or null where it was not measured. */
  readonly accuracy: ArrayLike<number | null>;
}

/** A time during which a class is known. */
export interface Acquisition {
  /** First measurement of the time, a step. */
  readonly acquired: number;
  /** The measurement before it, at which the class was not known yet; null if there is none. */
  readonly notBefore: number | null;
  /** First measurement at which it is known no more; null if it is known to the end. */
  readonly forgotten: number | null;
}

export interface AcquisitionOptions {
  /** Accuracy from which a class counts as known; default 0.5: more often right than wrong. */
  readonly level?: number;
  /** It counts as forgotten only this far below the level, so that noise about it is no forgetting; default 0.1. */
  readonly margin?: number;
  /** Measurements in a row that it takes, for either; default 2, fewer where the curve ends. */
  readonly persistence?: number;
}

/**
 * When a class is acquired, and when forgotten: acquired at the first of `persistence` measurements in a row at or above `level`;
 * forgotten at the first of as many below `level − margin`; then it may be acquired again. Steps are those of measurements: what happened between
 * two lies between `notBefore` and `acquired`.
 *
 * @returns by time; empty for a class that is never acquired.
 * @throws InputError if steps and accuracies differ in number, or the options are out of range.
 * Source: forgetting events as in Toneva et al. 2019, *An empirical study of example forgetting*, of classes in place of examples.
 * @example
 * acquisitions({ steps: [0, 10, 20, 30], accuracy: [0, 0.2, 0.8, 0.9] })
 * // [{ acquired: 20, notBefore: 10, forgotten: null }]
 */
export function acquisitions(curve: ClassCurve, options: AcquisitionOptions = {}): Acquisition[] {
  const { level = 0.5, margin = 0.1, persistence = 2 } = options;
  check(curve, { level, margin, persistence });
  const known = Array.from(curve.accuracy).flatMap((value, i) =>
    value === null || Number.isNaN(value) ? [] : [{ step: curve.steps[i], value }],
  );
  const holdsFrom = (start: number, holds: (value: number) => boolean): boolean =>
    known.slice(start, start + persistence).every(({ value }) => holds(value));
  const found: Acquisition[] = [];
  let open: Omit<Acquisition, 'forgotten'> | null = null;
  known.forEach(({ step }, i) => {
    if (open === null && holdsFrom(i, (value) => value >= level)) {
      open = { acquired: step, notBefore: known[i - 1]?.step ?? null };
    } else if (open !== null && holdsFrom(i, (value) => value < level - margin)) {
      found.push({ ...open, forgotten: step });
      open = null;
    }
  });
  return open === null ? found : [...found, { ...(open as Omit<Acquisition, 'forgotten'>), forgotten: null }];
}

function check({ steps, accuracy }: ClassCurve, options: Required<AcquisitionOptions>): void {
  const { level, margin, persistence } = options;
  if (steps.length !== accuracy.length) {
    throw new InputError({
      field: 'accuracy',
      value: accuracy.length,
      allowed: `${steps.length}, one per step`,
    });
  }
  if (!(level > 0 && level <= 1))
    throw new InputError({ field: 'level', value: level, allowed: 'above 0, at most 1' });
  if (!(margin >= 0 && margin <= level)) {
    throw new InputError({ field: 'margin', value: margin, allowed: `0 to the level, ${level}` });
  }
  if (!(Number.isInteger(persistence) && persistence >= 1)) {
    throw new InputError({ field: 'persistence', value: persistence, allowed: 'a whole number from 1' });
  }
}
