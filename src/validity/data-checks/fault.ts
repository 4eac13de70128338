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

/**
 * A few names and how many more there are.
 *
 * @example
 * someOf(['a', 'b', 'c', 'd', 'e']); // 'a, b, c and 2 more'
 */
export function someOf(names: readonly string[], most = 3): string {
  const distinct = [...new Set(names)];
  if (distinct.length <= most) return distinct.join(', ');
  return `${distinct.slice(0, most).join(', ')} and ${distinct.length - most} more`;
}

/** `run layer` of a place, as far as it has them. */
export function placeName({ run, layer }: Place): string {
  return [run, layer].filter((part) => part != null).join(' ');
}

/** A number for a message: three significant digits, counts whole. */
export function brief(value: number): string {
  return Number.isInteger(value) ? value.toLocaleString('en-US') : `${Number(value.toPrecision(3))}`;
}

/** A share for a message, e.g. `4.6 %`. */
export function percent(share: number): string {
  return `${brief(Number((100 * share).toPrecision(3)))} %`;
}

/** `1 run`, `55 runs`. */
export function counted(count: number, noun: string): string {
  return `${brief(count)} ${noun}${count === 1 ? '' : 's'}`;
}
