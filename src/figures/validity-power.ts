import type { Power } from '../validity/harness/report.ts';
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
    columns: 2,
    concat: kinds.map((kind) => ({
      title: { text: kind, fontWeight: 'normal', offset: 4 },
      width: PANEL_WIDTH / 2 - 40,
      height: 150,
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
        x: { field: 'size', type: 'quantitative', axis: { title: 'Size in noise sd' } },
        y: { type: 'quantitative', scale: { domain: [0, 1] }, axis: { title: 'Found', format: '.0%' } },
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
