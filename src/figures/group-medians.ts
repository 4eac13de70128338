import { median } from '../numerics/quantile.ts';
import type { Curve } from './types.ts';

export interface MedianRow {
  readonly group: string;
  readonly step: number;
  readonly value: number;
}

/**
 * The median of each group of curves at every step that one of them measured, undetermined values left out. Of curves of more than
 * 200 measurements every second, third, … step, from all of their values there.
 *
 * @example
 * const steps = Float64Array.of(10);
 * const seed = (label: string, value: number) => ({ label, steps, values: Float64Array.of(value) });
 * groupMedians([seed('a', 1), seed('b', 2), seed('c', 9)], () => 'seeds'); // [{ group: 'seeds', step: 10, value: 2 }]
 */
export function groupMedians(curves: readonly Curve[], group: (label: string) => string): MedianRow[] {
  const groups = new Map<string, Map<number, number[]>>();
  for (const { label, steps, values } of curves) {
    const name = group(label);
    const at = groups.get(name) ?? new Map<number, number[]>();
    groups.set(name, at);
    const stride = Math.ceil(steps.length / MOST_STEPS);
    for (let i = 0; i < steps.length; i += stride) {
      if (!Number.isFinite(values[i])) continue;
      const known = at.get(steps[i]);
      if (known === undefined) at.set(steps[i], [values[i]]);
      else known.push(values[i]);
    }
  }
  return [...groups].flatMap(([name, at]) =>
    [...at].map(([step, known]) => ({ group: name, step, value: median(known) })),
  );
}

const MOST_STEPS = 200;
