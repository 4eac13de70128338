import { disorder } from './spacing.ts';
import type { Series } from './types.ts';

/** Why a series cannot be tested for changes at all, or null where it can. */
export function obstacle({ steps, values }: Series, fewestPoints: number): string | null {
  if (steps.length !== values.length) return `${steps.length} steps for ${values.length} values`;
  if (values.length < fewestPoints)
    return `${values.length} measurements; at least ${fewestPoints} are needed`;
  let isConstant = true;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) return `measurement ${i} is ${values[i]}; every value must be finite`;
    if (values[i] !== values[0]) isConstant = false;
  }
  if (isConstant) return 'the series is constant';
  return disorder(steps);
}
