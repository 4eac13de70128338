import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InputError } from '../../errors/input-error.ts';
import { logPath, readLogBytes, runsPath } from '../log-store.ts';
import { manifestSchema, parseManifest } from '../manifest.ts';
import { parseUntrustedJson, shapeProblems } from '../parse-json.ts';
import { runIdPattern } from '../run-id.ts';
import { manifestPath, readManifestFile } from '../study-store.ts';
import type { StudyManifest } from '../types.ts';
import { checkLog, type FormatFault, type LogCheck } from './check-log.ts';

/** One file that was held against its format. */
export interface FileCheck {
  readonly file: string;
  readonly faults: readonly FormatFault[];
  /** What a log is otherwise; null for a manifest. */
  readonly log: Omit<LogCheck, 'faults'> | null;
}

/**
 * Holds a log, or every log and the manifest of a study's folder, against the format. A folder without a manifest is
 * a study all the same, with one fault more.
 *
 * @param path a log, or a folder with `runs/` in it, or one of logs.
 * @throws InputError if there is no log at all.
 * @example
 * checkFiles('my-study').filter(({ faults }) => faults.length > 0);
 */
export function checkFiles(path: string): FileCheck[] {
  if (!existsSync(path)) throw new InputError({ file: path, allowed: 'a log, or the folder of a study' });
  if (!statSync(path).isDirectory()) return [checkLogFile(path, null)];
  const manifest = existsSync(manifestPath(path)) ? checkManifest(path) : null;
  const folder = existsSync(runsPath(path)) ? runsPath(path) : path;
  const logs = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort();
  if (manifest === null && logs.length === 0) {
    throw new InputError({ file: path, allowed: 'a folder with a manifest.json, or logs (….jsonl)' });
  }
  const named = manifest?.manifest?.runs ?? null;
  const checked = logs.map((name) => checkLogFile(join(folder, name), named));
  if (manifest !== null)
    return [manifest, ...checked].map(({ file, faults, log }) => ({ file, faults, log }));
  if (folder === path) return checked;
  const fault = whole(null, 'there is none; docs/log-format.md shows one');
  return [{ file: manifestPath(path), faults: [fault], log: null }, ...checked];
}

function checkLogFile(file: string, named: readonly string[] | null): FileCheck {
  const { faults, ...log } = checkLog(readLogBytes(file), file);
  const id = basename(file, '.jsonl');
  const extra = [
    ...(runIdPattern.test(id) ? [] : [whole(null, 'the name of the file is no run id')]),
    ...(named === null || named.includes(id) ? [] : [whole('runs', 'the manifest does not name this run')]),
    ...idFaults(file, id, named),
  ];
  return { file, faults: [...extra, ...faults], log };
}

/** A run of a study lies in the file that bears its name. */
function idFaults(file: string, id: string, named: readonly string[] | null): FormatFault[] {
  if (named === null) return [];
  try {
    const end = Buffer.from(readLogBytes(file)).indexOf(0x0a);
    const header = parseUntrustedJson(Buffer.from(readLogBytes(file)).toString('utf8', 0, end), file);
    const found = (header as { id?: unknown } | null)?.id;
    if (typeof found !== 'string' || found === id) return [];
    const { message } = new InputError({ field: 'id', value: found, allowed: `${id}, as the file is named` });
    return [{ line: 1, field: 'id', message }];
  } catch (error) {
    if (error instanceof InputError) return [];
    throw error;
  }
}

function checkManifest(directory: string): FileCheck & { readonly manifest: StudyManifest | null } {
  const file = manifestPath(directory);
  const text = readManifestFile(directory);
  try {
    const manifest = parseManifest(text, file);
    const absent = manifest.runs.filter(
      (id) => manifest.logs?.[id] !== undefined && !existsSync(logPath(directory, id)),
    );
    const faults = absent.map((id) => whole(`logs.${id}`, 'the run had ended, and there is no log'));
    return { file, faults, log: null, manifest };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { file, faults: manifestFaults(text, file, error), log: null, manifest: null };
  }
}

/** Every field that is wrong; what the reader says of the file as a whole if none is. */
function manifestFaults(text: string, file: string, error: InputError): FormatFault[] {
  let value: unknown;
  try {
    value = parseUntrustedJson(text, file);
  } catch {
    value = undefined;
  }
  const problems = value === undefined ? [] : shapeProblems(manifestSchema, value);
  const { file: _, ...problem } = error.problem;
  return (problems.length > 0 ? problems : [problem]).map((found) =>
    whole(found.field ?? null, new InputError(found).message),
  );
}

function whole(field: string | null, message: string): FormatFault {
  return { line: null, field, message };
}
