import type { Series } from '../../dynamics/types.ts';
import { InputError } from '../../errors/input-error.ts';

/** A series as it came in: with what stands in the way of testing it, if anything does. */
export interface NamedSeries {
  readonly name: string;
  /** Of its own rows: those where something stands; a gap is NaN or infinite. */
  readonly series: Series;
  /** Why it cannot be tested, found while reading; null where only the detector can say. */
  readonly problem: string | null;
  /** Why its first gap is one; absent where it has none, or the file says no more. */
  readonly gap?: string;
}

/** The series of a file, and how it was understood. */
export interface SeriesFile {
  readonly series: readonly NamedSeries[];
  /** What the steps are: the name of a column or field; null where measurements are counted. */
  readonly steps: string | null;
  /** Columns that are no series, and what they are: `an index`, `a time`. */
  readonly leftOut: readonly { readonly name: string; readonly what: string }[];
  /** What could not be read, e.g. a last line that is cut short. */
  readonly notes: readonly string[];
}

/** The objects that stand for a series, beside its numbers: a column of a table may be two characters. */
export const bytesPerSeries = 768;

/** In one file, gaps and steps among them: up to 32 bytes each while they are read. */
const mostNumbers = 2 ** 24;

/** Counts the numbers of a file. @throws InputError where they are too many, whatever the file's size. */
export function numberCount(file: string): (more: number) => void {
  let numbers = 0;
  return (more) => {
    numbers += more;
    if (numbers > mostNumbers) throw new InputError({ file, allowed: `at most ${mostNumbers} numbers` });
  };
}

/** Gives 0, 1, 2 … to any length. All series of a file share the longest: their steps take memory once. */
export function stepCounter(): (length: number) => Float64Array {
  let longest = new Float64Array(0);
  return (length) => {
    if (longest.length < length) longest = Float64Array.from({ length }, (_, i) => i);
    return longest.subarray(0, length);
  };
}

/** Why these are no training steps, or null where they are. */
export function problemOfSteps(steps: Float64Array): string | null {
  for (const [i, step] of steps.entries()) {
    if (!Number.isFinite(step)) return `step ${i} has no value`;
    if (i > 0 && !(step > steps[i - 1]))
      return `step ${i} is ${step} after ${steps[i - 1]}; steps must increase`;
  }
  return null;
}
