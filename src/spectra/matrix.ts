import { InputError } from '../errors/input-error.ts';
import type { Matrix } from './types.ts';

/** Refuses a matrix whose shape and data contradict each other. */
export function checkShape({ data, rows, columns }: Matrix): void {
  for (const [field, value] of Object.entries({ rows, columns })) {
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new InputError({ field: `matrix.${field}`, value, allowed: 'an integer of at least 0' });
    }
  }
  if (data.length !== rows * columns) {
    throw new InputError({
      field: 'matrix.data.length',
      value: data.length,
      allowed: `rows × columns = ${rows} × ${columns} = ${rows * columns}`,
    });
  }
}

/** The largest absolute value of the elements, or where the first element stands that is not finite. */
export function largestElement({ data, columns }: Matrix): { largest: number } | { notFinite: string } {
  let largest = 0;
  for (let i = 0; i < data.length; i++) {
    const size = Math.abs(data[i]);
    if (size > largest) largest = size;
    // NaN fails every comparison, so it must be asked for.
    else if (Number.isNaN(size)) return { notFinite: describeElement(data[i], i, columns) };
  }
  if (largest === Number.POSITIVE_INFINITY) {
    const at = data.findIndex((value) => Math.abs(value) === Number.POSITIVE_INFINITY);
    return { notFinite: describeElement(data[at], at, columns) };
  }
  return { largest };
}

function describeElement(value: number, index: number, columns: number): string {
  return `the matrix holds ${value} in row ${Math.floor(index / columns)}, column ${index % columns}`;
}
