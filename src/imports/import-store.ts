import { basename, resolve } from 'node:path';
import { InputError } from '../errors/input-error.ts';
import type { OverwriteOptions } from '../measurements/log-store.ts';
import { clearStudy, existsStudy, readManifest } from '../measurements/study-store.ts';
import type { Run, StudyManifest } from '../measurements/types.ts';
import type { ReadingOptions } from './importer.ts';
import { importerNamed, recognizeImporter } from './importers.ts';
import { openSource } from './source-store.ts';
import { writeStudy } from './write-study-store.ts';

export interface ImportOptions extends OverwriteOptions, ReadingOptions {
  /** The importing program, for the manifest. */
  readonly tool: StudyManifest['tool'];
  readonly title?: string;
  /** Name of the format; guessed if absent. */
  readonly from?: string;
}

/** A study that was made of foreign logs. */
export interface ImportedStudy {
  readonly manifest: StudyManifest;
  /** The format that was read, and whether it was guessed. */
  readonly format: { readonly name: string; readonly reads: string; readonly guessed: boolean };
  /** How the logs were understood: one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Makes a study of logs that another program wrote. All or nothing: nothing is written before every log has been read, and the
 * study appears, by renaming, once all of it is on disk.
 *
 * @param path a file, or a folder.
 * @param target where the study goes.
 * @throws InputError that lists what is wrong with the logs, or if a study is there already and `overwrite` is not set.
 * @example
 * const { format } = await importLog('ndt/runs', 'imported-study', { tool: { name: 'rankscope', version: '0.1.0' } });
 * format.name; // 'ndt'
 */
export async function importLog(
  path: string,
  target: string,
  options: ImportOptions,
): Promise<ImportedStudy> {
  if (holdsStudy(path)) {
    throw new InputError({
      file: path,
      allowed: 'logs of another program; this is a study already, as rankscope analyze takes it',
    });
  }
  if (existsStudy(target) && !options.overwrite) clearStudy(target, options);
  const source = openSource(path);
  const importer = options.from === undefined ? recognizeImporter(source) : importerNamed(options.from);
  const { runs, notes } = await importer.read(source, options);
  assertDistinct(runs, path);
  const facts: StudyManifest = {
    schemaVersion: 2,
    tool: options.tool,
    title: options.title ?? basename(resolve(path)),
    origin: 'imported',
    source: importer.name === 'ndt' ? 'Neural Dimensionality Tracking' : importer.name,
    settings: {},
    machine: {},
    runs: runs.map(({ id }) => id),
    ...(notes.length > 0 && { notes: notes.slice(0, 1000).map((note) => note.slice(0, 1000)) }),
  };
  const manifest = writeStudy(runs, facts, target, options);
  const { name, reads } = importer;
  return { manifest, format: { name, reads, guessed: options.from === undefined }, notes };
}

function assertDistinct(runs: readonly Run[], file: string): void {
  const seen = new Set<string>();
  for (const { id } of runs) {
    if (seen.has(id))
      throw new InputError({ file, field: 'run', value: id, allowed: 'a run in one log alone' });
    seen.add(id);
  }
}

/** Whether a folder is a study of ours: others have a manifest.json, too. */
function holdsStudy(path: string): boolean {
  if (!existsStudy(path)) return false;
  try {
    readManifest(path);
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}
