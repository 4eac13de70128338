import type { Determined } from '../spectra/types.ts';
import { type Complaint, type Fields, isFields } from './log/log-lines.ts';

/** Numbers by name as a log holds them; `undetermined` is absent where every number is there. */
export interface LoggedNumbers {
  readonly values: Readonly<Record<string, number | null>>;
  readonly undetermined?: Readonly<Record<string, string>>;
}

/** JSON has no NaN: what is not a finite number becomes null, with its reason beside it. */
export function finiteOrReason(entries: Readonly<Record<string, Determined>>): LoggedNumbers {
  return finiteOrReasonOf(Object.keys(entries), (id) => entries[id]);
}

/** As `finiteOrReason`, of entries that stand in no object of their own: a log has millions. */
export function finiteOrReasonOf(ids: readonly string[], entryOf: (id: string) => Determined): LoggedNumbers {
  const values: Record<string, number | null> = {};
  let undetermined: Record<string, string> | null = null;
  for (const id of ids) {
    const entry = entryOf(id);
    if (entry.determined && Number.isFinite(entry.value)) {
      values[id] = entry.value;
    } else {
      values[id] = null;
      undetermined ??= {};
      undetermined[id] = entry.determined ? `it is ${entry.value}` : entry.reason;
    }
  }
  return undetermined === null ? { values } : { values, undetermined };
}

/**
 * One of the numbers that `finiteOrReason` made: it, or NaN and the reason why there is none.
 *
 * @param numbers the object that holds it.
 * @param undetermined what stands beside it under that name.
 * @param place where `numbers` is, for the complaint: empty, or ending in a dot.
 * @param needsReason whether null alone will not do.
 * @throws what `complain` returns, for what is neither, or both.
 */
export function readFiniteOrReason(
  numbers: Fields,
  undetermined: unknown,
  key: string,
  place: string,
  needsReason: boolean,
  complain: Complaint,
): { readonly value: number; readonly reason: string | null } {
  const value = numbers[key];
  const isGiven = isFields(undetermined) && Object.hasOwn(undetermined, key);
  if (typeof value === 'number' && Number.isFinite(value)) {
    if (!isGiven) return { value, reason: null };
    throw complain('null, since a reason is given why there is no value', `${place}${key}`, value);
  }
  if (value !== null) throw complain('a finite number or null', `${place}${key}`, value ?? 'missing');
  const reason: unknown = isGiven ? undetermined[key] : undefined;
  if (typeof reason === 'string') return { value: Number.NaN, reason };
  if (!needsReason) return { value: Number.NaN, reason: 'no reason logged' };
  throw complain('a number, or null with its reason under undetermined', `${place}${key}`, null);
}
