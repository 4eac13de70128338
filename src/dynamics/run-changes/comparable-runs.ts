import type { Run } from '../../measurements/types.ts';

/** Why a run cannot be held against another measurement by measurement; null where it can. */
export function reasonNotComparable({ steps, layers }: Run, run: Run): string | null {
  if (!hasSteps(run.steps, steps)) return 'measured at other steps';
  const sameLayers =
    run.layers.length === layers.length &&
    run.layers.every(({ name, features }, l) => name === layers[l].name && features === layers[l].features);
  return sameLayers ? null : 'other layers';
}

function hasSteps(own: Float64Array, steps: Float64Array): boolean {
  if (own.length !== steps.length) return false;
  for (let i = 0; i < own.length; i++) if (own[i] !== steps[i]) return false;
  return true;
}
