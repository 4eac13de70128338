import { formatCsv } from '../../tables/csv.ts';
import type { ValidityReport } from '../../validity/harness/report.ts';
import type { ReportFiles } from '../types.ts';
import { validityFigures } from './validity-figures.ts';
import { validityTables } from './validity-tables.ts';

/** What was simulated of a detector, as files: all of it as JSON, its tables as CSV and its figures as SVG. */
export async function validityFiles(report: ValidityReport): Promise<ReportFiles> {
  return new Map([
    ['validity.json', `${JSON.stringify(report, null, 2)}\n`],
    ...validityTables(report).map((table) => [`${table.name}.csv`, formatCsv(table)] as const),
    ...(await validityFigures(report)),
  ]);
}
