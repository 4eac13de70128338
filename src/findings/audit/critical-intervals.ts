import { criticalMeasurements } from '../../dynamics/critical-measurements.ts';
import type { Run } from '../../measurements/types.ts';

/** The published claims call a layer critical in the fastest tenth of its changes. */
const PERCENTILE = 90;

/** For each layer that has any, the indices of its critical intervals; interval i lies between measurements i and i + 1. */
export function criticalIntervals({ steps, layers }: Run, seriesId: string): Uint32Array[] {
  return layers.flatMap(({ series }) => {
    const values = series.get(seriesId)?.values;
    if (values === undefined) return [];
    const found = criticalMeasurements({ steps, values }, PERCENTILE);
    return found.determined ? [found.intervals] : [];
  });
}
