import type { Finding } from '../../findings/finding.ts';
import { type Column, type Table, table } from '../../tables/table.ts';

const columns: readonly Column<Finding>[] = [
  { name: 'id', type: 'text', meaning: 'name of the claim', of: ({ id }) => id },
  { name: 'claim', type: 'text', meaning: 'what is claimed', of: ({ claim }) => claim },
  {
    name: 'statistic',
    type: 'text',
    meaning: 'what was computed to test it',
    of: ({ statistic }) => statistic,
  },
  { name: 'effect', type: 'number', meaning: 'the effect', of: ({ effect }) => effect?.value },
  {
    name: 'low',
    type: 'number',
    meaning: 'lower end of its interval',
    of: ({ effect }) => effect?.interval?.[0],
  },
  {
    name: 'high',
    type: 'number',
    meaning: 'upper end of its interval',
    of: ({ effect }) => effect?.interval?.[1],
  },
  { name: 'unit', type: 'text', meaning: 'unit of effect and interval', of: ({ effect }) => effect?.unit },
  {
    name: 'null_model',
    type: 'text',
    meaning: 'what it was held against',
    of: (finding) => finding.null?.model,
  },
  {
    name: 'p_value',
    type: 'number',
    unit: '0 to 1',
    meaning: 'of the null model',
    of: (finding) => finding.null?.pValue,
  },
  {
    name: 'adjusted_p_value',
    type: 'number',
    unit: '0 to 1',
    meaning: 'the same, adjusted over all claims tested together',
    of: (finding) => finding.null?.adjustedPValue,
  },
  { name: 'runs', type: 'integer', meaning: 'runs that bear on it', of: ({ runs }) => runs.length },
  { name: 'verdict', type: 'text', meaning: 'what follows', of: ({ verdict }) => verdict },
  { name: 'reason', type: 'text', meaning: 'why, or what is missing', of: ({ reason }) => reason },
];

/** What became of the claims, one row each. */
export function findingsTable(findings: readonly Finding[]): Table {
  return table('findings', 'one claim', columns, findings);
}
