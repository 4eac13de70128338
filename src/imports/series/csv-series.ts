import { readCsvTable } from '../tables/csv-table.ts';
import type { SeriesFile } from './named-series.ts';
import { tableSeries } from './table-series.ts';

/**
 * The series of a table of text, one per column; see `readCsvTable` and `tableSeries`.
 *
 * @param stepColumn name of the column of steps, or its number from 1 where there is no header.
 * @throws InputError where the bytes are no table of numbers.
 */
export function csvSeries(bytes: Uint8Array, file: string, stepColumn?: string): SeriesFile {
  return tableSeries(readCsvTable([bytes], bytes.length, file), bytes.length, file, stepColumn);
}
