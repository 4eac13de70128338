import { PERCENT_LABELS } from '../percent-labels.ts';
import { ACCENT, CATEGORY_COLORS, INK, LINE, NULL_LINE } from '../theme.ts';
import type { PanelView } from './panel.ts';

/** A number with its interval, in a row of its own. */
export interface IntervalRow {
  readonly label: string;
  readonly value: number;
  readonly interval: readonly [number, number];
  /** Behind the label, such as what was counted. */
  readonly note: string;
  /** Whether it is beyond what its null gives; drawn in the accent's color. */
  readonly standsOut?: boolean;
}

export interface IntervalRowsInput {
  readonly rows: readonly IntervalRow[];
  /** Of the axis. */
  readonly title: string;
  /** Shares have the whole axis from 0 to 1. */
  readonly isShare?: boolean;
  /** What would be expected of every row, drawn as a line. */
  readonly expected?: number;
}

/** More rows have no room in a panel: whoever has more says which stand in it. */
export const MOST_ROWS = 12;

/** Points with their intervals, one row each, from 0 on. */
export function intervalRows({ rows, title, isShare = false, expected }: IntervalRowsInput): PanelView {
  const highest = Math.max(...rows.map(({ interval }) => interval[1]));
  const values = rows.map(({ label, value, interval: [low, high], note, standsOut = false }) => ({
    row: `${label} (${note})`,
    value,
    low,
    high,
    standsOut,
  }));
  const x = {
    type: 'quantitative',
    scale: { domain: [0, isShare ? 1 : highest || 1], nice: !isShare },
    axis: { title, tickCount: 4, ...(isShare ? PERCENT_LABELS : {}) },
  };
  return {
    data: { values },
    encoding: {
      y: {
        field: 'row',
        type: 'nominal',
        sort: null,
        axis: { title: null, grid: true, labelLimit: 190, labelOverlap: false },
      },
    },
    layer: [
      ...(expected === undefined ? [] : [expectedRule(expected, x)]),
      {
        mark: { type: 'rule', color: INK, strokeWidth: 1.4 },
        encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' } },
      },
      {
        mark: { type: 'point', filled: true, color: LINE, size: 60, opacity: 1, tooltip: true },
        encoding: {
          x: { ...x, field: 'value' },
          ...(rows.some(({ standsOut }) => standsOut)
            ? { color: { condition: { test: 'datum.standsOut', value: ACCENT }, value: LINE } }
            : {}),
          tooltip: [
            { field: 'row', title: 'What' },
            { field: 'value', title: 'Value', type: 'quantitative', format: '.4~g' },
            { field: 'low', title: 'From', type: 'quantitative', format: '.4~g' },
            { field: 'high', title: 'To', type: 'quantitative', format: '.4~g' },
          ],
        },
      },
    ],
  };
}

function expectedRule(expected: number, x: object) {
  return {
    data: { values: [{ expected }] },
    mark: { type: 'rule', color: NULL_LINE, strokeWidth: 1.4 },
    encoding: { x: { ...x, field: 'expected' }, y: null },
  };
}

/** The color of each family, the same in every panel. */
export function familyColors(families: readonly string[]) {
  const domain = [...new Set(families)].sort();
  return {
    field: 'family',
    type: 'nominal',
    scale: { domain, range: domain.map((_, i) => CATEGORY_COLORS[i % CATEGORY_COLORS.length]) },
    legend: domain.length < 2 ? null : { title: null, orient: 'bottom', direction: 'horizontal' },
  };
}
