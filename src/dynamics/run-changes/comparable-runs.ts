import type { Run } from '../../measurements/types.ts';
import { sameNumbers } from '../../numerics/same-numbers.ts';

/** Why a run cannot be held against another measurement by measurement; null where it can. */
export function reasonNotComparable({ steps, layers }: Run, run: Run): string | null {
  if (!sameNumbers(run.steps, steps)) return 'measured at other steps';
  const sameLayers =
    run.layers.length === layers.length &&
    run.layers.every(({ name, features }, l) => name === layers[l].name && features === layers[l].features);
  return sameLayers ? null : 'other layers';
}
