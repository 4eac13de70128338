import { InputError } from '../errors/input-error.ts';
import type { KnownStudy } from './types.ts';

/**
 * What a study file says at a place, e.g. `training.learningRate` or `datasets.0.density`.
 *
 * @throws InputError where it says nothing there.
 */
export function setting<T>({ settings }: KnownStudy, place: string): T {
  let value: unknown = settings;
  for (const key of place.split('.')) {
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }
  if (value === undefined) {
    throw new InputError({
      field: place,
      value: 'missing',
      allowed: 'what the study of this transition says',
    });
  }
  return value as T;
}
