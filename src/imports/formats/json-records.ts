import { InputError } from '../../errors/input-error.ts';
import { parsePythonJson } from '../../formats/json.ts';
import { decodeUtf8 } from '../../formats/utf8.ts';
import type { Importer, SourceFile } from '../importer.ts';
import { isRecord, readJsonLines, tableOfRecords } from '../tables/record-table.ts';
import type { RowTable } from '../tables/table.ts';
import { tableRuns } from '../tables/table-runs.ts';
import { beginningOf, filesEnding, importEach } from './merge-imported.ts';

const logs = /\.(?:jsonl|ndjson|json)$/i;

/** Records, one per line or in an array. */
export const jsonImporter: Importer = {
  name: 'json',
  reads: 'records in JSON Lines, or in an array: {"step": 0, "loss": 2.3, …}',
  recognizes: (source) => filesEnding(source, logs).some(holdsRecords),
  read: (source, options) =>
    importEach(
      source.isFolder ? filesEnding(source, logs).filter(holdsRecords) : source.files,
      source,
      (file, run) => tableRuns(tableOf(file), file.path, run, options),
    ),
};

function holdsRecords(file: SourceFile): boolean {
  return isLines(file) || /^\s*\[\s*\{/.test(beginningOf(file));
}

function isLines(file: SourceFile): boolean {
  return /^\uFEFF?\s*\{[^\n]*\}\s*\n\s*\{/.test(beginningOf(file)) || /\.(?:jsonl|ndjson)$/i.test(file.name);
}

function tableOf(file: SourceFile): RowTable {
  if (isLines(file)) return readJsonLines(file.pieces(), file.size, file.path);
  const content = parsePythonJson(decodeUtf8(file.bytes(), file.path), { file: file.path });
  const records = isRecord(content) ? Object.values(content).find(Array.isArray) : content;
  if (!Array.isArray(records))
    throw new InputError({ file: file.path, allowed: 'records, in lines or in an array' });
  return tableOfRecords(records, file.size, file.path);
}
