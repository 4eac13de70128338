import { disorder } from './spacing.ts';
import type { Series } from './types.ts';

/** Why a series cannot be tested for changes at all, or null where it can. */
export function obstacle({ steps, values }: Series, fewestPoints: number): string | null {
  if (steps.length !== values.length) return `${steps.length} steps for ${values.length} values`;
  if (values.length < fewestPoints)
    return `${values.length} measurements; at least ${fewestPoints} are needed`;
  const gap = values.findIndex((value) => !Number.isFinite(value));
  if (gap >= 0) return `measurement ${gap} is ${values[gap]}; every value must be finite`;
  if (values.every((value) => value === values[0])) return 'the series is constant';
  return disorder(steps);
}
