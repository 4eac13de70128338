import type { FalsePositives } from '../validity/harness/report.ts';
import { percent } from '../wording/sentences.ts';
import { noteBeside } from './note-beside.ts';
import { PERCENT_LABELS } from './percent-labels.ts';
import { ACCENT, INK, PANEL_WIDTH } from './theme.ts';
import type { FigureSpec } from './types.ts';

export interface ValidityFalsePositivesInput {
  readonly title: string;
  readonly rows: readonly FalsePositives[];
  /** Share that the upper end of every interval must not exceed. */
  readonly limit: number;
}

/** How often a detector invents a change: one row a family, one panel a length; the limit is a line. */
export function validityFalsePositivesSpec({ title, rows, limit }: ValidityFalsePositivesInput): FigureSpec {
  const lengths = [...new Set(rows.map(({ n }) => n))].sort((a, b) => a - b);
  const highest = Math.max(limit, ...rows.map(({ share }) => share.interval[1]));
  return {
    title: {
      text: title,
      subtitle: [
        'Points: share of series with any change where there is none; bars: 95 % interval; line: the limit',
        ...(rows.every(({ gated }) => gated) ? [] : ['In brackets: families in which no rate is promised']),
      ],
    },
    vconcat: lengths.map((n, i) => ({
      title: { text: `${n} measurements`, fontWeight: 'normal', offset: 4 },
      width: PANEL_WIDTH - 180,
      height: { step: 22 },
      data: {
        values: rows
          .filter((row) => row.n === n)
          .map(({ family, share, gated, refused }) => ({
            family: gated ? family : `(${family})`,
            share: share.value,
            low: share.interval[0],
            high: share.interval[1],
            note: refused === 0 ? '' : `${percent(refused)} refused`,
          })),
      },
      encoding: {
        y: { field: 'family', type: 'nominal', sort: null, axis: { title: null, grid: true } },
        x: {
          type: 'quantitative',
          scale: { domain: [0, highest], nice: true },
          axis: { title: i === lengths.length - 1 ? 'Share of series' : null, ...PERCENT_LABELS },
        },
      },
      layer: [
        {
          data: { values: [{ limit }] },
          mark: { type: 'rule', color: ACCENT, strokeDash: [5, 4], strokeWidth: 1.5 },
          encoding: { x: { field: 'limit', type: 'quantitative' }, y: null },
        },
        {
          mark: { type: 'rule', color: INK, strokeWidth: 1.4 },
          encoding: { x: { field: 'low', type: 'quantitative' }, x2: { field: 'high' } },
        },
        {
          mark: { type: 'point', filled: true, color: INK, opacity: 1, size: 44 },
          encoding: { x: { field: 'share', type: 'quantitative' } },
        },
        noteBeside,
      ],
    })),
    spacing: 16,
  } as FigureSpec;
}
