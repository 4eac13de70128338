import type { Series } from '../detectors/types.ts';

/** The points of a series that have a value. */
export interface DeterminedPoints {
  readonly series: Series;
  /** Index of each kept point in the original series. */
  readonly indices: Uint32Array;
  /** Points without a finite value, left out. */
  readonly dropped: number;
}

/** Leaves out the points whose value is not a finite number, keeping their neighbors' true training steps. */
export function determinedPoints({ steps, values }: Series): DeterminedPoints {
  const places = new Uint32Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i])) places[count++] = i;
  const indices = places.subarray(0, count);
  if (count === values.length) return { series: { steps, values }, indices, dropped: 0 };
  return {
    series: {
      steps: Float64Array.from(indices, (i) => steps[i]),
      values: Float64Array.from(indices, (i) => values[i]),
    },
    indices,
    dropped: values.length - indices.length,
  };
}
