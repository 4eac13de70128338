import type { Determined } from './types.ts';

/** A number that could be determined; a value that is not finite is not one. */
export function determined(value: number): Determined {
  return Number.isFinite(value)
    ? { determined: true, value }
    : undetermined(`the result ${value} is outside the range of numbers`);
}

/** No number, for this reason. */
export function undetermined(reason: string): Determined {
  return { determined: false, reason };
}
