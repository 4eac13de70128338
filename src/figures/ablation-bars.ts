import { INK, PANEL_WIDTH } from './theme.ts';
import type { FigureSpec } from './types.ts';

/** By how much the loss grows without one part. */
export interface AblationBar {
  /** The part, e.g. `head 2 of transformer.layers.0.self_attn`. */
  readonly part: string;
  readonly replacement: string;
  /** Nats; null where nothing could be taken out. */
  readonly loss: number | null;
}

export interface AblationBarsInput {
  readonly title: string;
  readonly subtitle?: string;
  /** In the order of the rows. */
  readonly bars: readonly AblationBar[];
}

/**
 * What the network loses with each part, by what stood in its place.
 *
 * @example
 * ablationBarsSpec({ title: 'Heads', bars: [{ part: 'head 0', replacement: 'mean', loss: 0.4 }] });
 */
export function ablationBarsSpec({ title, subtitle, bars }: AblationBarsInput): FigureSpec {
  const parts = [...new Set(bars.map(({ part }) => part))];
  const replacements = [...new Set(bars.map(({ replacement }) => replacement))];
  return {
    title: subtitle === undefined ? title : { text: title, subtitle },
    width: PANEL_WIDTH - 120,
    height: { step: replacements.length > 1 ? 9 : 18, for: replacements.length > 1 ? 'offset' : 'position' },
    data: { values: bars.map((bar) => ({ ...bar })) },
    layer: [
      {
        mark: { type: 'bar' },
        encoding: {
          x: {
            field: 'loss',
            type: 'quantitative',
            axis: { title: 'Loss without it, less with it (nats)', grid: true },
          },
          y: {
            field: 'part',
            type: 'nominal',
            scale: { domain: parts, paddingInner: 0.25 },
            axis: { title: null, labelLimit: 300 },
          },
          ...(replacements.length > 1 && {
            yOffset: { field: 'replacement', scale: { domain: replacements } },
          }),
          color: {
            field: 'replacement',
            type: 'nominal',
            scale: { domain: replacements },
            legend: { title: 'Replaced by' },
          },
        },
      },
      {
        data: { values: [{ zero: 0 }] },
        mark: { type: 'rule', color: INK },
        encoding: { x: { field: 'zero', type: 'quantitative' } },
      },
    ],
  } as FigureSpec;
}
