import { type Column, type Table, table } from '../../tables/table.ts';
import type { Measured } from '../../validity/curves/measure-cell.ts';
import type { StretchesReport } from '../../validity/curves/measure-stretches.ts';
import type { Rate } from '../../validity/harness/types.ts';
import { rateColumns } from './rate-columns.ts';

type Cell = { readonly n: number; readonly series: number };
type FamilyCell = Cell & { readonly family: string };

const cellColumns: readonly Column<Cell>[] = [
  { name: 'n', type: 'integer', unit: 'measurements', meaning: 'length of a series', of: ({ n }) => n },
  {
    name: 'series',
    type: 'integer',
    meaning: 'series, or sets of seeds, simulated',
    of: ({ series }) => series,
  },
];
const familyColumns: readonly Column<FamilyCell>[] = [
  { name: 'family', type: 'text', meaning: 'null family', of: ({ family }) => family },
  ...cellColumns,
];
const seedsColumn: Column<{ readonly seeds: number }> = {
  name: 'seeds',
  type: 'integer',
  meaning: 'runs described together',
  of: ({ seeds }) => seeds,
};

const shareWith = <Row>(name: string, what: string, of: (row: Row) => Rate | null): Column<Row>[] =>
  rateColumns(name, `share with ${what}`, of);

const nullColumns: readonly Column<Measured['nulls']>[] = [
  ...familyColumns,
  { name: 'description', type: 'text', meaning: 'what it is', of: ({ description }) => description },
  {
    name: 'world',
    type: 'text',
    meaning: 'jitter: nothing moves; walk: nothing has a direction; beyond: no promise is made',
    of: ({ world }) => world,
  },
  ...shareWith<Measured['nulls']>('directed', 'a rise or fall', ({ directed }) => directed),
  ...shareWith<Measured['nulls']>('jump', 'a jump', ({ jump }) => jump),
  ...shareWith<Measured['nulls']>('wander', 'wander', ({ wander }) => wander),
  ...shareWith<Measured['nulls']>('moved', 'anything that is not level', ({ moved }) => moved),
];

const growingColumns: readonly Column<Measured['growing']>[] = [
  ...familyColumns,
  { name: 'looks', type: 'integer', meaning: 'times that each series is asked', of: ({ looks }) => looks },
  ...shareWith<Measured['growing']>('directed', 'a rise or fall at any time', ({ directed }) => directed),
  ...shareWith<Measured['growing']>('moved', 'any movement at any time', ({ moved }) => moved),
  ...shareWith<Measured['growing']>(
    'directed_single',
    'a rise or fall, each answer given as if it were the only one',
    ({ directedUncorrected }) => directedUncorrected,
  ),
  ...shareWith<Measured['growing']>(
    'moved_single',
    'any movement, likewise',
    ({ movedUncorrected }) => movedUncorrected,
  ),
];

const powerColumns: readonly Column<Measured['power']>[] = [
  { name: 'shape', type: 'text', meaning: 'what was planted', of: ({ shape }) => shape },
  { name: 'width', type: 'integer', unit: 'measurements', meaning: 'how long', of: ({ width }) => width },
  { name: 'place', type: 'text', meaning: 'middle, or five values from an end', of: ({ place }) => place },
  { name: 'size', type: 'number', unit: 'noise sd', meaning: 'how large', of: ({ size }) => size },
  { name: 'phi', type: 'number', meaning: 'AR(1) coefficient of the noise', of: ({ phi }) => phi },
  ...cellColumns,
  ...shareWith<Measured['power']>('found', 'every movement found as a rise or fall', ({ found }) => found),
  ...shareWith<Measured['power']>('moved', 'anything that is not level', ({ moved }) => moved),
  ...shareWith<Measured['power']>(
    'nothing_else',
    'no other rise or fall, of those found',
    ({ nothingElse }) => nothingElse,
  ),
  ...errorColumns(),
  ...shareWith<Measured['power']>(
    'start_held',
    'the true start in its interval',
    ({ startHeld }) => startHeld,
  ),
  ...shareWith<Measured['power']>('end_held', 'the true end in its interval', ({ endHeld }) => endHeld),
];

function errorColumns(): Column<Measured['power']>[] {
  const column = (
    name: string,
    meaning: string,
    of: Column<Measured['power']>['of'],
  ): Column<Measured['power']> => ({ name, type: 'number', unit: 'measurements', meaning, of });
  return [
    column('start_error', 'median distance from the true start', ({ startError }) => startError),
    column('end_error', 'median distance from the true end', ({ endError }) => endError),
    column('interval_width', 'median width of both intervals', ({ intervalWidth }) => intervalWidth),
  ];
}

const seedNullColumns: readonly Column<Measured['seedNulls']>[] = [
  ...familyColumns,
  seedsColumn,
  ...shareWith<Measured['seedNulls']>('directed', 'a rise or fall', ({ directed }) => directed),
  ...shareWith<Measured['seedNulls']>('moved', 'anything that is not level', ({ moved }) => moved),
];

const timingColumns: readonly Column<Measured['seedTimings']>[] = [
  { name: 'shape', type: 'text', meaning: 'what all seeds do', of: ({ shape }) => shape },
  { name: 'width', type: 'integer', unit: 'measurements', meaning: 'how long', of: ({ width }) => width },
  { name: 'size', type: 'number', unit: 'noise sd', meaning: 'how large', of: ({ size }) => size },
  {
    name: 'timing_sd',
    type: 'number',
    unit: 'measurements',
    meaning: 'sd of the time at which a seed does it',
    of: ({ timingSd }) => timingSd,
  },
  {
    name: 'walk',
    type: 'number',
    unit: 'noise sd',
    meaning: 'increments of a walk of its own',
    of: ({ walk }) => walk,
  },
  seedsColumn,
  ...cellColumns,
  ...shareWith<Measured['seedTimings']>('found', 'it found', ({ found }) => found),
  ...shareWith<Measured['seedTimings']>(
    'start_held',
    'the mean start in its interval',
    ({ startHeld }) => startHeld,
  ),
  ...shareWith<Measured['seedTimings']>(
    'half_held',
    'the mean half-way time in it',
    ({ halfHeld }) => halfHeld,
  ),
  ...shareWith<Measured['seedTimings']>('end_held', 'the mean end in it', ({ endHeld }) => endHeld),
];

/** The tables of a report, one for each part. */
export function stretchesTables({ nulls, growing, power, seedNulls, seedTimings }: StretchesReport): Table[] {
  return [
    table('stretches-nulls', 'one null family at one length', nullColumns, nulls),
    table('stretches-growing', 'one null family, watched while it grows', growingColumns, growing),
    table('stretches-power', 'one movement of one size in one noise', powerColumns, power),
    table('stretches-seed-nulls', 'one null family, over seeds', seedNullColumns, seedNulls),
    table('stretches-seed-timings', 'one movement that all seeds make', timingColumns, seedTimings),
  ];
}
