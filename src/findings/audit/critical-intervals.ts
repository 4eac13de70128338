import type { CriticalPeriods } from '../../dynamics/critical-periods.ts';

/** For each layer that has any, the indices of its critical intervals; interval i lies between measurements i and i + 1. */
export function criticalIntervals({ steps, layers }: CriticalPeriods): Uint32Array[] {
  const indexOf = new Map(steps.map((step, i) => [step, i]));
  return layers.flatMap((layer) =>
    layer.determined ? [Uint32Array.from(layer.critical, (step) => indexOf.get(step) as number)] : [],
  );
}
