import type { Importer, SourceFile } from '../importer.ts';
import { readCsvTable } from '../tables/csv-table.ts';
import { tableRuns } from '../tables/table-runs.ts';
import { beginningOf, filesEnding, importEach } from './merge-imported.ts';

const logs = /(?:^|\/)metrics\.csv$/;

/** What the CSVLogger of Lightning writes: `version_0/metrics.csv`, sparse, with columns `epoch` and `step`. */
export const lightningImporter: Importer = {
  name: 'lightning',
  reads: "metrics.csv of Lightning's CSVLogger",
  recognizes: (source) => filesEnding(source, logs).some(isLightning),
  read: (source, options) =>
    importEach(source.isFolder ? filesEnding(source, logs) : source.files, source, (file, run) =>
      tableRuns(readCsvTable(file.pieces(), file.size, file.path), file.path, run, options),
    ),
};

function isLightning(file: SourceFile): boolean {
  const header = beginningOf(file).split(/\r?\n/)[0].split(',');
  return header.includes('epoch') && header.includes('step');
}
