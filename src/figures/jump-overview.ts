import { logStepScale, logTicks } from './log-steps.ts';
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
  /** Where that axis becomes logarithmic: the first measured step above 0. */
  readonly firstStep: number;
  readonly jumps: readonly JumpMark[];
}

/** When and where layers jump or are fast: steps against the layer's place in its network, one panel per family. */
export function jumpOverviewSpec({
  title,
  subtitle,
  lastStep,
  firstStep,
  jumps,
}: JumpOverviewInput): FigureSpec {
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
            scale: logStepScale(firstStep, [0, lastStep]),
            axis:
              i === Math.max(0, families.length - 1)
                ? { title: 'Training step', values: logTicks(firstStep, lastStep) }
                : { title: null, labels: false, values: logTicks(firstStep, lastStep) },
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
                  // Effects differ by orders of magnitude: what is a hundred times as large is not a hundred times as heavy.
                  scale: { type: 'log', domain: [1, Math.max(10, largest)], range: [16, 220], clamp: true },
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

/** Up to three round sizes for the legend, evenly spaced on the logarithmic scale. */
function sizeSteps(largest: number): number[] {
  const top = Math.max(10, largest);
  return [...new Set([top ** (1 / 3), top ** (2 / 3), top].map((size) => Number(size.toPrecision(1))))];
}
