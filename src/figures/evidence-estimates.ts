import type { Estimates } from '../findings/audit/evidence.ts';
import { intervalName } from '../wording/sentences.ts';
import { noteBeside } from './note-beside.ts';
import { ACCENT, INK, NULL_LINE, PANEL_WIDTH } from './theme.ts';
import type { FigureSpec } from './types.ts';

/** Estimates with intervals, one row each; a gray line where the null model lies, an orange one at what was claimed. */
export function estimatesSpec(
  title: string,
  { axis, rows, claimed, expected }: Estimates,
  alpha: number,
): FigureSpec {
  const references = [
    ...(expected === null ? [] : [{ at: expected, what: 'null model', color: NULL_LINE }]),
    ...(claimed === null ? [] : [{ at: claimed, what: 'claimed', color: ACCENT }]),
  ];
  const values = rows.map(({ label, value, interval, note }) => ({
    label,
    value,
    low: interval?.[0] ?? null,
    high: interval?.[1] ?? null,
    note,
  }));
  return {
    title:
      references.length === 0
        ? title
        : {
            text: title,
            subtitle: `Lines: ${references.map(({ what, color }) => `${what} (${color === ACCENT ? 'orange' : 'gray'})`).join(', ')}; bars: ${intervalName(alpha)}s`,
          },
    width: PANEL_WIDTH - 180,
    height: { step: 28 },
    data: { values },
    encoding: {
      y: {
        field: 'label',
        type: 'nominal',
        sort: rows.map((row) => row.label),
        axis: { title: null, grid: true },
      },
      x: { type: 'quantitative', scale: { zero: true, nice: true }, axis: { title: axis } },
    },
    layer: [
      ...references.map(({ at, color }) => ({
        data: { values: [{ at }] },
        mark: { type: 'rule', color, strokeDash: [5, 4], strokeWidth: 1.5 },
        encoding: { x: { field: 'at', type: 'quantitative' }, y: null },
      })),
      {
        transform: [{ filter: 'datum.low !== null' }],
        mark: { type: 'rule', color: INK, strokeWidth: 1.4 },
        encoding: { x: { field: 'low', type: 'quantitative', title: axis }, x2: { field: 'high' } },
      },
      {
        mark: { type: 'point', filled: true, color: INK, opacity: 1, size: 48 },
        encoding: { x: { field: 'value', type: 'quantitative', title: axis } },
      },
      noteBeside,
    ],
  } as FigureSpec;
}
