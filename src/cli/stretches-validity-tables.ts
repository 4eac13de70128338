import { quantile } from '../numerics/quantile.ts';
import type { Measured } from '../validity/curves/measure-cell.ts';
import type { StretchesReport } from '../validity/curves/measure-stretches.ts';
import type { NullVerdict } from '../validity/curves/verdicts.ts';
import type { Rate } from '../validity/harness/types.ts';
import { counted } from '../wording/sentences.ts';
import { formatTable } from './table.ts';

/** How far descriptions of curves can be trusted, in tables for a terminal. */
export function describeStretchesValidity(report: StretchesReport): string {
  const { alpha, nulls, growing, power, seedNulls, seedTimings } = report;
  return [
    `Stretches, alpha ${alpha}; shares in % [95 %]`,
    ...section('Curves without a direction: series with each kind of answer', nulls, nullsTable),
    ...section(
      'The same asked again and again while the series grows: series with an answer at any time',
      growing,
      growingTable,
    ),
    ...section('Seeds that have no direction in common: sets with an answer', seedNulls, seedNullsTable),
    ...section(
      'Known movements, in widths from 1 to 50 values, in the middle and five values from either end',
      power,
      powerTable,
    ),
    ...section('Movements that all seeds make, each at its own time', seedTimings, timingsTable),
    '',
    verdict(report),
  ].join('\n');
}

function section<Row>(title: string, rows: readonly Row[], of: (rows: readonly Row[]) => string): string[] {
  return rows.length === 0 ? [] : ['', `${title}:`, of(rows)];
}

/** "jitter": movement is false; "walk": a direction is; "beyond": no promise is made. */
function nullsTable(rows: readonly Measured['nulls'][]): string {
  return formatTable(
    ['family', 'world', 'points', 'series', 'rise or fall', 'jump', 'wander', 'any movement'],
    rows.map(({ family, world, n, series, directed, jump, wander, moved }) => [
      ...[family, world, n, series, percent(directed), percent(jump), percent(wander), percent(moved)],
    ]),
  );
}

function growingTable(rows: readonly Measured['growing'][]): string {
  return formatTable(
    [
      'family',
      'points',
      'looks',
      'series',
      'rise or fall',
      'any movement',
      'each look by itself: rise or fall',
      'any movement',
    ],
    rows.map(({ family, n, looks, series, directed, moved, directedUncorrected, movedUncorrected }) => [
      ...[family, n, looks, series, percent(directed), percent(moved)],
      ...[percent(directedUncorrected), percent(movedUncorrected)],
    ]),
  );
}

function seedNullsTable(rows: readonly Measured['seedNulls'][]): string {
  return formatTable(
    ['family', 'seeds', 'points', 'sets', 'rise or fall', 'any movement'],
    rows.map(({ family, seeds, n, series, directed, moved }) => [
      ...[family, seeds, n, series, percent(directed), percent(moved)],
    ]),
  );
}

/** One row for each shape, size and noise, over its widths and places. */
function powerTable(rows: readonly Measured['power'][]): string {
  const groups = new Map<string, Measured['power'][]>();
  for (const row of rows) {
    const key = [row.n, row.phi, row.shape, row.size].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return formatTable(
    [
      ...[
        'shape',
        'size in sd',
        'noise AR(1)',
        'points',
        'conditions',
        'series in each',
        'found, lowest',
        'conditions ≥ 95',
      ],
      ...['moved, lowest', 'nothing else', 'error of start, end', 'start held', 'end held'],
    ],
    [...groups.values()].map((group) => {
      const [{ shape, size, phi, n, series }] = group;
      const shares = (of: (row: Measured['power']) => Rate | null): number[] =>
        group.flatMap((row) => of(row)?.value ?? []);
      const found = shares((row) => row.found);
      return [
        ...[shape, size, phi, n, group.length, series, lowest(found)],
        found.filter((value) => value >= ENOUGH).length,
        lowest(shares((row) => row.moved)),
        meanPercent(shares((row) => row.nothingElse)),
        errorsOf(group),
        meanPercent(shares((row) => row.startHeld)),
        meanPercent(shares((row) => row.endHeld)),
      ];
    }),
  );
}

/** Power that counts as found. */
const ENOUGH = 0.95;

/** Medians over the conditions of a group, in measurements. */
function errorsOf(group: readonly Measured['power'][]): string {
  const middle = (of: (row: Measured['power']) => number | null): string => {
    const known = group.flatMap((row) => of(row) ?? []);
    return known.length === 0 ? '–' : quantile(known, 0.5).toFixed(1);
  };
  return `${middle(({ startError }) => startError)}, ${middle(({ endError }) => endError)}`;
}

function timingsTable(rows: readonly Measured['seedTimings'][]): string {
  return formatTable(
    [
      ...['shape', 'values', 'size in sd', 'sd of its time', 'own walk', 'seeds', 'sets', 'found'],
      ...['start held', 'half-way held', 'end held'],
    ],
    rows.map(({ shape, width, size, timingSd, walk, seeds, series, found, startHeld, halfHeld, endHeld }) => [
      ...[shape, width, size, timingSd, walk, seeds, series, percent(found)],
      ...[startHeld, halfHeld, endHeld].map((rate) => (rate === null ? '–' : percent(rate))),
    ]),
  );
}

function verdict({ passed, failed, limit, nulls, growing, seedNulls }: StretchesReport): string {
  if (nulls.length + growing.length + seedNulls.length === 0) return 'No promise was put to the test.';
  const bound = `the upper end of the 95 % interval of each rate promised is at most ${(100 * limit).toFixed(1)} %`;
  if (passed) return `PASS: ${bound}.`;
  return [`FAIL: ${bound}, but for ${counted(failed.length, 'rate')}:`, ...failed.map(failure)].join('\n');
}

function failure({ family, n, seeds, growing, answer, rate }: NullVerdict): string {
  const how = [`${n} points`, ...(seeds === null ? [] : [`${seeds} seeds`]), ...(growing ? ['growing'] : [])];
  const what = answer === 'directed' ? 'rise or fall' : 'any movement';
  return `  ${family} (${how.join(', ')}), ${what}: ${percent(rate)}`;
}

function percent({ value, interval }: Rate): string {
  const [share, low, high] = [value, ...interval].map((one) => (100 * one).toFixed(1));
  return `${share} [${low}, ${high}]`;
}

function lowest(shares: readonly number[]): string {
  return shares.length === 0 ? '–' : (100 * Math.min(...shares)).toFixed(0);
}

function meanPercent(shares: readonly number[]): string {
  if (shares.length === 0) return '–';
  return ((100 * shares.reduce((sum, value) => sum + value, 0)) / shares.length).toFixed(1);
}
