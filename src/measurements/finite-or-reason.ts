import type { Determined } from '../spectra/types.ts';

/** Numbers by name as a log holds them; `undetermined` is absent where every number is there. */
export interface LoggedNumbers {
  readonly values: Readonly<Record<string, number | null>>;
  readonly undetermined?: Readonly<Record<string, string>>;
}

/** JSON has no NaN: what is not a finite number becomes null, with its reason beside it. */
export function finiteOrReason(entries: Readonly<Record<string, Determined>>): LoggedNumbers {
  const values: Record<string, number | null> = {};
  const undetermined: Record<string, string> = {};
  for (const [id, entry] of Object.entries(entries)) {
    if (entry.determined && Number.isFinite(entry.value)) {
      values[id] = entry.value;
    } else {
      values[id] = null;
      undetermined[id] = entry.determined ? `it is ${entry.value}` : entry.reason;
    }
  }
  return Object.keys(undetermined).length === 0 ? { values } : { values, undetermined };
}
