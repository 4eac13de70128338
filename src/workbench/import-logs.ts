import { importNdtFolder } from '../imports/ndt/ndt-store.ts';
import type { StudyManifest } from '../measurements/types.ts';
import { tool } from './provenance.ts';

export interface ImportLogsOptions {
  /** Of the new study; named after the folder if absent. */
  readonly title?: string;
  /** Replace a study that is already in the directory. */
  readonly overwrite?: boolean;
}

/**
 * Takes over training logs made elsewhere, as a study.
 *
 * @param logs folder with one log per run, as Neural Dimensionality Tracking writes them.
 * @param directory where the study goes.
 * @returns the study's manifest.
 * @throws InputError where a log cannot be read, or a study is there already and `overwrite` is not set.
 * @example
 * importLogs('ndt/runs', 'ndt/study').runs; // ['mlp_shallow_2_mnist']
 */
export function importLogs(logs: string, directory: string, options: ImportLogsOptions = {}): StudyManifest {
  return importNdtFolder(logs, directory, { tool, ...options });
}
