import { CATEGORY_COLORS, INK, PANEL_WIDTH } from './theme.ts';
import type { FigureSpec } from './types.ts';

/** One jump or fast rise or fall, as the overview draws it. */
export interface JumpMark {
  readonly family: string;
  readonly run: string;
  readonly layer: string;
  readonly depth: number;
  readonly step: number;
  readonly direction: 'increase' | 'decrease';
  /** Size in units of the local noise; NaN where the detector estimates none. */
  readonly effect: number;
}

export interface JumpOverviewInput {
  readonly title: string;
  readonly subtitle?: string;
  /** Last training step of the study: where the axis ends, so that empty stretches are seen to be empty. */
  readonly lastStep: number;
  readonly jumps: readonly JumpMark[];
}

/** When and where layers jump or are fast: steps against the layer's place in its network, one panel per family. */
export function jumpOverviewSpec({ title, subtitle, lastStep, jumps }: JumpOverviewInput): FigureSpec {
  const sized = jumps.some(({ effect }) => Number.isFinite(effect));
  const largest = Math.max(1, ...jumps.map(({ effect }) => Math.abs(effect)).filter(Number.isFinite));
  const families = [...new Set(jumps.map(({ family }) => family))].sort();
  return {
    title: { text: title, subtitle: subtitle ?? `${jumps.length} jumps and fast rises and falls` },
    vconcat: (families.length > 0 ? families : ['none']).map((family, i) => {
      const rows = jumps.filter((jump) => jump.family === family);
      const depths = [...new Set(rows.map(({ depth }) => depth))];
      return {
        title: { text: `${family} (${rows.length})`, fontWeight: 'normal', offset: 4 },
        width: PANEL_WIDTH,
        height: Math.max(70, 15 * (Math.max(0, ...depths) + 1)),
        data: {
          values: rows.map((row) => ({
            ...row,
            effect: Number.isFinite(row.effect) ? Math.abs(row.effect) : null,
          })),
        },
        mark: { type: 'point', filled: true, opacity: 0.6, stroke: INK, strokeWidth: 0.4, clip: false },
        encoding: {
          x: {
            field: 'step',
            type: 'quantitative',
            scale: { domain: [0, lastStep], nice: false },
            axis:
              i === Math.max(0, families.length - 1)
                ? { title: 'Training step' }
                : { title: null, labels: false },
          },
          y: {
            field: 'depth',
            type: 'quantitative',
            scale: { reverse: true, domain: [-0.6, Math.max(1, ...depths) + 0.6], nice: false, zero: false },
            axis: { title: 'Layer (0 = input)', tickMinStep: 1, format: 'd', tickCount: 5 },
          },
          shape: {
            field: 'direction',
            type: 'nominal',
            scale: { domain: ['increase', 'decrease'], range: ['triangle-up', 'triangle-down'] },
            legend: { title: 'Direction' },
          },
          color: {
            field: 'direction',
            type: 'nominal',
            scale: { domain: ['increase', 'decrease'], range: [CATEGORY_COLORS[1], CATEGORY_COLORS[0]] },
            legend: { title: 'Direction' },
          },
          ...(sized
            ? {
                size: {
                  field: 'effect',
                  type: 'quantitative',
                  scale: { domain: [0, largest], range: [0, 260] },
                  legend: { title: 'Effect (noise sd)', symbolFillColor: '#999', values: sizeSteps(largest) },
                },
              }
            : { size: { value: 70 } }),
        },
      };
    }),
    spacing: 12,
    resolve: { scale: { size: 'shared' } },
  } as FigureSpec;
}

/** Three round sizes for the legend, none of them zero. */
function sizeSteps(largest: number): number[] {
  return [...new Set([largest / 4, largest / 2, largest].map((size) => Number(size.toPrecision(1))))];
}
