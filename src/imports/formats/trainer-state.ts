import { InputError } from '../../errors/input-error.ts';
import { parsePythonJson } from '../../formats/json.ts';
import { decodeUtf8 } from '../../formats/utf8.ts';
import type { Importer, SourceFile } from '../importer.ts';
import { isRecord, tableOfRecords } from '../tables/record-table.ts';
import { tableRuns } from '../tables/table-runs.ts';
import { beginningOf, filesEnding, importEach } from './merge-imported.ts';

const states = /(?:^|\/)trainer_state[^/]*\.json$/;

/** What the Trainer of Hugging Face transformers leaves in every checkpoint; of several of a run, the last has all. */
export const trainerStateImporter: Importer = {
  name: 'trainer-state',
  reads: 'trainer_state.json of Hugging Face transformers',
  recognizes: (source) =>
    filesEnding(source, /\.json$/i).some(
      (file) => states.test(file.name) || /"log_history"\s*:/.test(beginningOf(file)),
    ),
  read: (source, options) =>
    importEach(source.isFolder ? latest(filesEnding(source, states)) : source.files, source, (file, run) => {
      const content = parsePythonJson(decodeUtf8(file.bytes(), file.path), { file: file.path });
      const records = isRecord(content) ? content.log_history : undefined;
      if (!Array.isArray(records)) {
        throw new InputError({
          file: file.path,
          field: 'log_history',
          value: records,
          allowed: 'a list of records',
        });
      }
      return tableRuns(tableOfRecords(records, file.size, file.path), file.path, run, options);
    }),
};

/** `run/checkpoint-500/trainer_state.json` repeats what `run/checkpoint-1000` has: the last of a folder counts. */
function latest(files: readonly SourceFile[]): SourceFile[] {
  const byRun = new Map<string, { readonly step: number; readonly file: SourceFile }>();
  for (const file of files) {
    const step = Number(/checkpoint-(\d+)\/[^/]*$/.exec(file.name)?.[1] ?? Number.POSITIVE_INFINITY);
    const run = file.name.replace(/(?:checkpoint-\d+\/)?[^/]*$/, '');
    const known = byRun.get(run);
    if (known === undefined || step > known.step) byRun.set(run, { step, file });
  }
  return [...byRun.values()].map(({ file }) => file);
}
