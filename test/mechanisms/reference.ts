import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Determined, Matrix } from '../../src/spectra/types.ts';

/** Values computed from the definitions with NumPy and SciPy; see `golden/mechanisms.py`. */
export const reference = JSON.parse(
  readFileSync(join(import.meta.dirname, 'golden/mechanisms.json'), 'utf8'),
);

export function matrixOf(rows: readonly (readonly number[])[]): Matrix {
  return { data: Float64Array.from(rows.flat()), rows: rows.length, columns: rows[0].length };
}

export function expectClose(found: readonly Determined[], wanted: readonly number[], digits = 10): void {
  expect(found).toHaveLength(wanted.length);
  found.forEach((value, i) => {
    expect(value.determined ? value.value : value.reason).toBeCloseTo(wanted[i], digits);
  });
}
