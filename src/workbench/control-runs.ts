import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';
import { type LogVersion, logPath, readLogBytes, versionOf } from '../measurements/log-store.ts';
import { existsStudy, listRuns, readManifest } from '../measurements/study-store.ts';
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
  return controlsNamed(directory, names).flatMap(({ study, run }) =>
    run === null ? openStudy(study).runs : [openRunOf(study, run).run],
  );
}

/** What the logs of control runs hold, without looking into them; see `controlRuns`. */
export function controlVersions(
  directory: string,
  names: readonly string[],
): { readonly run: string; readonly version: LogVersion }[] {
  return controlsNamed(directory, names).flatMap(({ study, run }) =>
    (run === null ? listRuns(study) : [run]).map((id) => {
      return { run: id, version: versionOf(readLogBytes(logPath(study, id))) };
    }),
  );
}

function controlsNamed(
  directory: string,
  names: readonly string[],
): { readonly study: string; readonly run: string | null }[] {
  const { runs: ids } = readManifest(directory);
  return names.map((name) => {
    if (ids.includes(name)) return { study: directory, run: name };
    if (existsStudy(name)) return { study: name, run: null };
    throw new InputError({
      field: 'control',
      value: name,
      allowed: `the folder of a study, or ${oneOf(name, ids)}`,
    });
  });
}
