import { alongLogSteps, logStepScale, logTicks, stepAlong } from './log-steps.ts';
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

/** So many marks can be told apart; more weigh megabytes. */
export const MOST_MARKS = 4_000;
/** Of an axis of counted marks: seven pixels each. */
const PARTS = 80;

/**
 * When and where layers jump or are fast: steps against the layer's place in its network, one panel per family. More than `MOST_MARKS` are counted:
 * a mark then stands for those of its direction and depth in one part of the axis, and is as large as they are many.
 */
export function jumpOverviewSpec({
  title,
  subtitle,
  lastStep,
  firstStep,
  jumps,
}: JumpOverviewInput): FigureSpec {
  const isCounted = jumps.length > MOST_MARKS;
  const marks = isCounted ? counted(jumps, firstStep, lastStep) : jumps;
  const sizes = marks.map(({ effect }) => Math.abs(effect)).filter(Number.isFinite);
  const sized = sizes.length > 0;
  const largest = Math.max(1, ...sizes);
  const families = [...new Set(jumps.map(({ family }) => family))].sort();
  return {
    title: { text: title, subtitle: subtitle ?? `${jumps.length} jumps and fast rises and falls` },
    vconcat: (families.length > 0 ? families : ['none']).map((family, i) => {
      const rows = marks.filter((jump) => jump.family === family);
      const all = isCounted ? rows.reduce((sum, { effect }) => sum + effect, 0) : rows.length;
      const depths = [...new Set(rows.map(({ depth }) => depth))];
      return {
        title: { text: `${family} (${all})`, fontWeight: 'normal', offset: 4 },
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
                  legend: {
                    title: isCounted ? 'How many' : 'Effect (noise sd)',
                    symbolFillColor: '#999',
                    values: sizeSteps(largest),
                  },
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

/** One mark for all of a family, depth and direction in a part of the axis, in their middle; its effect is their number. */
function counted(jumps: readonly JumpMark[], firstStep: number, lastStep: number): JumpMark[] {
  const width = alongLogSteps(lastStep, firstStep) / PARTS;
  const groups = new Map<string, { readonly one: JumpMark; along: number; count: number }>();
  for (const one of jumps) {
    const along = alongLogSteps(one.step, firstStep);
    const key = `${Math.floor(along / width)} ${one.depth} ${one.direction} ${one.family}`;
    const group = groups.get(key) ?? { one, along: 0, count: 0 };
    groups.set(key, group);
    group.along += along;
    group.count++;
  }
  return [...groups.values()].map(({ one: { family, depth, direction }, along, count }) => ({
    ...{ family, depth, direction, run: '', layer: '' },
    ...{ step: stepAlong(along / count, firstStep), effect: count },
  }));
}

/** Up to three round sizes for the legend, evenly spaced on the logarithmic scale. */
function sizeSteps(largest: number): number[] {
  const top = Math.max(10, largest);
  return [...new Set([top ** (1 / 3), top ** (2 / 3), top].map((size) => Number(size.toPrecision(1))))];
}
