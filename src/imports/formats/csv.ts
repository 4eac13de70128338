import type { Importer, SourceFile } from '../importer.ts';
import { readCsvTable } from '../tables/csv-table.ts';
import { tableRuns } from '../tables/table-runs.ts';
import { beginningOf, filesEnding, importEach } from './merge-imported.ts';

const tables = /\.(?:csv|tsv|txt|tab)$/i;

/** Tables of text, wide or long, of anybody's making; also what wandb, MLflow, aim and TensorBoard let one download. */
export const csvImporter: Importer = {
  name: 'csv',
  reads:
    'tables in CSV or TSV, one column per curve or one row per value; as wandb, aim, MLflow and TensorBoard export them, too',
  recognizes: (source) => filesEnding(source, tables).some(isText),
  read: (source, options) =>
    importEach(source.isFolder ? filesEnding(source, tables) : source.files, source, (file, run) =>
      tableRuns(readCsvTable(file.pieces(), file.size, file.path), file.path, run, options),
    ),
};

function isText(file: SourceFile): boolean {
  return !beginningOf(file).includes('\0');
}
