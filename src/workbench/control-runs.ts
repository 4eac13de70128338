import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';
import { existsStudy, readManifest } from '../measurements/study-store.ts';
import type { Run } from '../measurements/types.ts';
import { openRunOf, openStudy } from './open-study.ts';

/**
 * Reads the runs that others are compared with.
 *
 * @param directory folder of the study that is looked at.
 * @param names of runs of that study, or folders of other studies, all of whose runs are then meant.
 * @throws InputError if one is neither, or a log is damaged.
 * @example
 * const controls = controlRuns('my-study', ['yours']);
 */
export function controlRuns(directory: string, names: readonly string[]): Run[] {
  const { runs: ids } = readManifest(directory);
  return names.flatMap((name) => {
    if (ids.includes(name)) return [openRunOf(directory, name).run];
    if (existsStudy(name)) return [...openStudy(name).runs];
    throw new InputError({
      field: 'control',
      value: name,
      allowed: `the folder of a study, or ${oneOf(name, ids)}`,
    });
  });
}
