import type { DrawingOptions } from '../../figures/render-svg.ts';
import { tableFiles } from '../../tables/table-files.ts';
import type { ValidityReport } from '../../validity/harness/report.ts';
import type { ReportFiles } from '../types.ts';
import { validityFigures } from './validity-figures.ts';
import { validityTables } from './validity-tables.ts';

/** What was simulated of a detector, as files: all of it as JSON, its tables as CSV and its figures as SVG. */
export async function validityFiles(report: ValidityReport, look: DrawingOptions = {}): Promise<ReportFiles> {
  return new Map([
    ['validity.json', `${JSON.stringify(report, null, 2)}\n`],
    ...tableFiles(validityTables(report)),
    ...(await validityFigures(report, look)),
  ]);
}
