import { determined, undetermined } from '../spectra/determined.ts';
import type { Determined } from '../spectra/types.ts';

/** Mean over the heads, filters or units that have a value; why there is none where none has. */
export function meanOf(parts: readonly Determined[]): Determined {
  const values = valuesOf(parts);
  if (values.length === 0) return parts.find((part) => !part.determined) ?? undetermined('there is only one');
  return determined(values.reduce((sum, value) => sum + value, 0) / values.length);
}

/** The largest of those that have a value. */
export function largestOf(parts: readonly Determined[]): Determined {
  const values = valuesOf(parts);
  return values.length === 0 ? meanOf(parts) : determined(Math.max(...values));
}

/** Values of which null ones are missing for one and the same reason. */
export function known(values: readonly (number | null)[], reason: string): Determined[] {
  return values.map((value) => (value === null ? undetermined(reason) : determined(value)));
}

function valuesOf(parts: readonly Determined[]): number[] {
  return parts.flatMap((part) => (part.determined ? [part.value] : []));
}
