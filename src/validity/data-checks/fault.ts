import type { DataCheckResult, Severity } from './types.ts';

/** Where a fault was found. */
export interface Place {
  readonly run: string | null;
  readonly layer?: string | null;
  readonly series?: string | null;
}

/**
 * One result for all places with the same fault.
 *
 * @param of places that were looked at.
 */
export function faultIn(
  places: readonly Place[],
  of: number,
  fault: { check: string; severity: Severity; message: string; value?: number | null },
): DataCheckResult {
  const runs = new Set(places.flatMap(({ run }) => (run === null ? [] : [run])));
  return {
    check: fault.check,
    severity: fault.severity,
    run: theOnly(places.map(({ run }) => run)),
    layer: theOnly(places.map(({ layer }) => layer ?? null)),
    series: theOnly(places.map(({ series }) => series ?? null)),
    message: fault.message,
    value: fault.value ?? null,
    runs: [...runs],
    count: places.length,
    of,
  };
}

function theOnly(values: readonly (string | null)[]): string | null {
  return values.length > 0 && values.every((value) => value === values[0]) ? values[0] : null;
}

/** `run layer` of a place, as far as it has them. */
export function placeName({ run, layer }: Place): string {
  return [run, layer].filter((part) => part != null).join(' ');
}
