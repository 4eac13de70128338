import type { RunSummary } from '../../dynamics/run-summary.ts';
import { studyFactors } from '../../measurements/factors.ts';
import { tidyTrackTable } from '../../measurements/tidy-tracks.ts';
import type { Table } from '../../tables/table.ts';
import { longTableFiles } from '../../tables/table-files.ts';
import { type TableFormat, tableFormats } from '../../tables/table-formats.ts';
import type { ReportInput } from '../types.ts';
import { changesTable } from './changes-table.ts';
import { findingsTable, hypothesesTable } from './findings-table.ts';
import { layersTable } from './layers-table.ts';
import { measurementsTable } from './measurements-table.ts';
import { ratesTable } from './rates-table.ts';
import { runChangesTable } from './run-changes-table.ts';
import { runsTable } from './runs-table.ts';
import { stretchesTable } from './stretches-table.ts';
import { warningsTable } from './warnings-table.ts';
import { withFactors } from './with-factors.ts';

/**
 * The report's tables of what was found: a new one is written in every format by standing here.
 *
 * @param summaries of the runs; gone through whenever a table that is made of them is written.
 */
export function reportTables(
  { manifest, runs, analysis, findings = [], tested, warnings = [] }: ReportInput,
  summaries: Iterable<RunSummary>,
): Table[] {
  const factors = studyFactors(manifest, runs);
  const tables = [
    runsTable(summaries),
    layersTable(summaries, analysis.seriesId),
    stretchesTable(analysis),
    changesTable(analysis),
    runChangesTable(analysis),
    ratesTable(analysis.rates),
    ...(runs.some(({ tracks = [] }) => tracks.length > 0) ? [tidyTrackTable(runs)] : []),
    findingsTable(findings),
    ...(tested === undefined ? [] : [hypothesesTable(tested.findings)]),
    warningsTable(warnings),
  ];
  return tables.map((table) => withFactors(table, factors));
}

/** More rows are written where they are asked for: they are in the logs, and take longer than all else. */
const MOST_ROWS = 1_000_000;

/**
 * The files of the report's tables, and the measurements that they follow from, one after another. Of 55 runs these would be 32 MB of
 * CSV, and are under 5 MB as Parquet: they are written as Parquet alone, and of more than a million rows only where formats are named.
 *
 * @param folder that they lie in; empty if absent.
 */
export function* reportTableFiles(
  input: ReportInput,
  summaries: Iterable<RunSummary>,
  folder = '',
): Generator<[path: string, content: Generator<string> | Uint8Array]> {
  const formats: readonly TableFormat[] = input.tables ?? tableFormats;
  for (const table of reportTables(input, summaries)) yield* longTableFiles(table, folder, formats);
  const rows = input.runs.reduce((sum, { layers, steps }) => sum + layers.length * steps.length, 0);
  if (!formats.includes('parquet') || (input.tables === undefined && rows > MOST_ROWS)) return;
  const measurements = withFactors(measurementsTable(input.runs), studyFactors(input.manifest, input.runs));
  yield* longTableFiles(measurements, folder, ['parquet']);
}
