import type { Power } from '../validity/harness/report.ts';
import { PERCENT_LABELS } from './percent-labels.ts';
import { CATEGORY_COLORS, PANEL_WIDTH } from './theme.ts';
import type { FigureSpec } from './types.ts';

export interface ValidityPowerInput {
  readonly title: string;
  /** Of one length. */
  readonly power: readonly Power[];
}

/** What share of planted changes is found, by their size: one panel a kind of change, one line a kind of noise. */
export function validityPowerSpec({ title, power }: ValidityPowerInput): FigureSpec {
  const kinds = [...new Set(power.map(({ effect }) => effect))];
  const noises = [...new Set(power.map(({ background }) => background))];
  return {
    title: { text: title, subtitle: 'Share of planted changes found; bars: 95 % interval' },
    columns: 3,
    concat: kinds.map((kind) => ({
      title: { text: kind, fontWeight: 'normal', offset: 4 },
      width: PANEL_WIDTH / 3 - 40,
      height: 120,
      data: {
        values: power
          .filter(({ effect }) => effect === kind)
          .map(({ size, background, recall }) => ({
            size,
            background,
            found: recall.value,
            low: recall.interval[0],
            high: recall.interval[1],
          })),
      },
      encoding: {
        x: {
          field: 'size',
          type: 'quantitative',
          scale: { type: 'log' },
          axis: { title: 'Size in noise sd', values: [1, 3, 10, 30, 100, 1000], format: '~s' },
        },
        y: { type: 'quantitative', scale: { domain: [0, 1] }, axis: { title: 'Found', ...PERCENT_LABELS } },
        color: {
          field: 'background',
          type: 'nominal',
          scale: {
            domain: noises,
            range: noises.map((_, i) => CATEGORY_COLORS[i % CATEGORY_COLORS.length]),
          },
          legend: { title: null, orient: 'bottom' },
        },
      },
      layer: [
        {
          mark: { type: 'rule', strokeWidth: 1, opacity: 0.5 },
          encoding: { y: { field: 'low', type: 'quantitative' }, y2: { field: 'high' } },
        },
        {
          mark: { type: 'line', strokeWidth: 1.6, point: { size: 28 } },
          encoding: { y: { field: 'found', type: 'quantitative' } },
        },
      ],
    })),
  } as FigureSpec;
}
