import { type Column, type Table, table } from '../../tables/table.ts';
import type { ReportWarning } from '../types.ts';

const columns: readonly Column<ReportWarning>[] = [
  { name: 'run', type: 'text', meaning: 'the run concerned; empty for the study', of: ({ run }) => run },
  { name: 'layer', type: 'text', meaning: 'the layer concerned', of: ({ layer }) => layer },
  { name: 'check', type: 'text', meaning: 'the data check', of: ({ check }) => check },
  { name: 'severity', type: 'text', meaning: 'info, warning or error', of: ({ severity }) => severity },
  { name: 'message', type: 'text', meaning: 'what was found', of: ({ message }) => message },
];

/** What the data checks say, one row each. */
export function warningsTable(warnings: readonly ReportWarning[]): Table {
  return table('warnings', 'one fault that a data check found', columns, warnings);
}
