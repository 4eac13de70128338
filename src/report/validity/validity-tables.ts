import { type Column, type Table, table } from '../../tables/table.ts';
import type { FalsePositives, Power, ValidityReport } from '../../validity/harness/report.ts';
import { rateColumns } from './rate-columns.ts';

/** What was simulated, and how much of it the detector would not test. */
const simulated: readonly Column<Pick<FalsePositives, 'n' | 'series' | 'refused'>>[] = [
  { name: 'n', type: 'integer', unit: 'measurements', meaning: 'length of a series', of: ({ n }) => n },
  { name: 'series', type: 'integer', meaning: 'series simulated', of: ({ series }) => series },
  {
    name: 'refused',
    type: 'number',
    unit: '0 to 1',
    meaning: 'share called not testable',
    of: ({ refused }) => refused,
  },
];

const falsePositiveColumns: readonly Column<FalsePositives>[] = [
  { name: 'family', type: 'text', meaning: 'null family', of: ({ family }) => family },
  { name: 'description', type: 'text', meaning: 'what it is', of: ({ description }) => description },
  ...simulated,
  ...rateColumns<FalsePositives>('share', 'share with any change', ({ share }) => share),
  ...rateColumns<FalsePositives>(
    'share_of_tested',
    'the same of those tested',
    ({ shareOfTested }) => shareOfTested,
  ),
  ...rateColumns<FalsePositives>('per_1000', 'changes per 1,000 measurements', ({ per1000 }) => per1000),
  { name: 'gated', type: 'boolean', meaning: 'whether the family decides', of: ({ gated }) => gated },
  { name: 'verdict', type: 'text', meaning: 'PASS or FAIL', of: ({ verdict }) => verdict },
];

const powerColumns: readonly Column<Power>[] = [
  { name: 'effect', type: 'text', meaning: 'what was planted', of: ({ effect }) => effect },
  { name: 'background', type: 'text', meaning: 'in which noise', of: ({ background }) => background },
  { name: 'size', type: 'number', unit: 'noise sd', meaning: 'how large', of: ({ size }) => size },
  ...simulated,
  ...rateColumns<Power>('recall', 'share of planted changes found', ({ recall }) => recall),
  ...rateColumns<Power>(
    'series_with_false',
    'share with a change where none is',
    ({ seriesWithFalse }) => seriesWithFalse,
  ),
  ...rateColumns<Power>('coverage', 'share of intervals that hold the place', ({ coverage }) => coverage),
  {
    name: 'precision',
    type: 'number',
    unit: '0 to 1',
    meaning: 'share of found changes that are true',
    of: ({ precision }) => precision,
  },
  {
    name: 'error_bias',
    type: 'number',
    unit: 'measurements',
    meaning: 'median of found minus true',
    of: ({ error }) => error?.bias,
  },
  {
    name: 'error_median',
    type: 'number',
    unit: 'measurements',
    meaning: 'median of its size',
    of: ({ error }) => error?.median,
  },
  {
    name: 'error_p90',
    type: 'number',
    unit: 'measurements',
    meaning: '90 % quantile of its size',
    of: ({ error }) => error?.p90,
  },
];

/** The two tables of a report: what was found where nothing changes, and what of planted changes. */
export function validityTables({ falsePositives, power }: ValidityReport): Table[] {
  return [
    table('false-positives', 'one null family at one length', falsePositiveColumns, falsePositives),
    table('power', 'one effect of one size in one background', powerColumns, power),
  ];
}
