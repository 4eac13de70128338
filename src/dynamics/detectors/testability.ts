import type { Series } from '../types.ts';

/** Why a series cannot be tested for changes at all, or null where it can. */
export function obstacle({ steps, values }: Series, fewestPoints: number): string | null {
  if (steps.length !== values.length) return `${steps.length} steps for ${values.length} values`;
  if (values.length < fewestPoints)
    return `${values.length} measurements; at least ${fewestPoints} are needed`;
  if (!values.every(Number.isFinite)) return 'some measurements have no value';
  if (values.every((value) => value === values[0])) return 'the series is constant';
  return null;
}
