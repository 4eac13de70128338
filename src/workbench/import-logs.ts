import { type ImportedStudy, importLog } from '../imports/import-store.ts';
import type { ReadingOptions } from '../imports/importer.ts';
import { tool } from './provenance.ts';

export interface ImportLogsOptions extends ReadingOptions {
  /** Name of the format (see `importers`); guessed if absent. */
  readonly from?: string;
  /** Of the new study; named after the file or folder if absent. */
  readonly title?: string;
  /** Replace a study that is already in the directory. */
  readonly overwrite?: boolean;
}

/**
 * Takes over training logs made elsewhere, as a study.
 *
 * @param logs a file, or a folder, in one of the formats of docs/imports.md.
 * @param directory where the study goes.
 * @returns the study's manifest, the format that was read, and how the logs were understood.
 * @throws InputError that lists what is wrong with the logs, or if a study is there already and `overwrite` is not set.
 * @example
 * const { manifest } = await importLogs('ndt/runs', 'ndt/study');
 * manifest.runs; // ['mlp_shallow_2_mnist']
 */
export function importLogs(
  logs: string,
  directory: string,
  options: ImportLogsOptions = {},
): Promise<ImportedStudy> {
  return importLog(logs, directory, { tool, ...options });
}
