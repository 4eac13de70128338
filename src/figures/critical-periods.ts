import type { LayerPace, PaceOverLayers } from '../dynamics/layer-pace.ts';
import { counted, percent } from '../wording/sentences.ts';
import { firstStepAbove0, logStepScale, logTicks, placesOnLogSteps } from './log-steps.ts';
import { ACCENT, INK, LINE, NULL_BAND, PANEL_WIDTH } from './theme.ts';
import type { CoordinationView, FigureSpec } from './types.ts';

export interface CriticalPeriodsFigureInput {
  readonly title: string;
  readonly coordination: CoordinationView;
  /** How fast and how abruptly the layers move; no panels of it if absent. */
  readonly pace?: LayerPace | null;
  /** Training loss of the same run, and the title of its axis. */
  readonly loss: { readonly steps: Float64Array; readonly values: Float64Array; readonly title: string };
}

/** A third of the places drawn of a line. */
const BINS = 80;
/** 95 % of what a normal law gives lies below. */
const BEYOND_JITTER = 1.96;

/**
 * Critical periods of a run: above, the share of layers that are fast together against the null model's threshold
 * (gray band: below it; orange where it is reached); below it velocity and acceleration of the layers against their jitter, and the
 * training loss, on the same logarithmic axis of steps.
 */
export function criticalPeriodsSpec({
  title,
  coordination,
  pace = null,
  loss,
}: CriticalPeriodsFigureInput): FigureSpec {
  const { steps, share, threshold, nullModel, alpha } = coordination;
  const isTogether = (own: number): boolean => threshold !== null && own >= threshold;
  const reached = Array.from(share).filter(isTogether).length;
  const together = boxes(Array.from(steps), share, loss.steps.at(0) ?? 0);
  const first = firstStepAbove0([loss]);
  const last = Math.max(first, loss.steps.at(-1) ?? 1);
  const x = (isLast: boolean) => ({
    field: 'step',
    type: 'quantitative',
    scale: logStepScale(first, [loss.steps.at(0) ?? 0, last]),
    axis: {
      title: isLast ? 'Training step' : null,
      ...{ labels: isLast, grid: false, values: logTicks(first, last) },
    },
  });
  const shareAxis = {
    field: 'share',
    type: 'quantitative',
    scale: { domain: [0, 1] },
    axis: { title: 'Share fast', tickCount: 3 },
  };
  return {
    title: {
      text: title,
      subtitle: [
        ...(threshold === null
          ? [`Null model: ${nullModel}; in more than ${percent(alpha)} of draws all layers meet somewhere`]
          : [
              `Gray: below the share that ${percent(alpha)} of null draws (${nullModel}) reach anywhere`,
              `${reached} of ${steps.length} intervals reach it${reached > 0 ? ' (orange)' : ''}`,
            ]),
        ...(pace === null
          ? []
          : [
              `Velocity, acceleration in units of jitter (gray: 95 % of it): median of ${counted(pace.layers, 'layer')}; thin: highest`,
            ]),
      ],
    },
    vconcat: [
      {
        width: PANEL_WIDTH,
        height: 110,
        layer: [
          ...(threshold === null ? [] : [nullBand(0, threshold)]),
          {
            data: {
              values: together.map((box) => ({ ...box, color: isTogether(box.share) ? ACCENT : INK })),
            },
            mark: { type: 'rect', opacity: 1 },
            encoding: {
              ...{ x: { ...x(false), field: 'from' }, x2: { field: 'to' } },
              ...{ y: shareAxis, y2: { datum: 0 } },
              color: { field: 'color', type: 'nominal', scale: null },
            },
          },
        ],
      },
      ...(pace === null
        ? []
        : [
            pacePanel('Velocity', pace.velocity, first, x(false)),
            pacePanel('Acceleration', pace.acceleration, first, x(false)),
          ]),
      {
        width: PANEL_WIDTH,
        height: 100,
        data: { values: places(loss.steps, loss.values, first) },
        mark: { type: 'line', color: LINE, clip: true },
        encoding: {
          x: x(true),
          y: {
            field: 'value',
            type: 'quantitative',
            scale: { zero: false },
            axis: { title: loss.title, tickCount: 3 },
          },
        },
      },
    ],
    spacing: 14,
  } as FigureSpec;
}

function pacePanel(title: string, { steps, median, highest }: PaceOverLayers, first: number, x: object) {
  const lines = [
    { values: highest, strokeWidth: 0.6, opacity: 0.6 },
    { values: median, strokeWidth: 1.6, opacity: 1 },
  ];
  const y = {
    field: 'value',
    type: 'quantitative',
    // Linear up to what jitter gives, logarithmic beyond.
    scale: { type: 'symlog', constant: BEYOND_JITTER, domainMin: 0 },
    axis: { title, values: [0, 2, 10, 100, 1000, 10_000], format: '~s' },
  };
  return {
    width: PANEL_WIDTH,
    height: 90,
    encoding: { x },
    layer: [
      nullBand(0, BEYOND_JITTER),
      ...lines.map(({ values, ...look }) => ({
        data: { values: places(steps, values, first) },
        mark: { type: 'line', color: INK, clip: true, ...look },
        encoding: { y },
      })),
    ],
  };
}

function places(steps: Float64Array, values: Float64Array, first: number) {
  return placesOnLogSteps(steps, values, first, BINS).map((i) => ({
    step: steps[i],
    value: Number.isFinite(values[i]) ? Number(values[i].toPrecision(4)) : null,
  }));
}

/** What the null gives. */
function nullBand(low: number, high: number) {
  return {
    data: { values: [{ low, high }] },
    mark: { type: 'rect', color: NULL_BAND, opacity: 0.55 },
    encoding: {
      x: { value: 0 },
      x2: { value: 'width' },
      y: { field: 'low', type: 'quantitative' },
      y2: { field: 'high' },
    },
  };
}

/** Neighboring intervals with the same share as one box: training has few of them, and thousands of intervals. */
function boxes(steps: readonly number[], share: ArrayLike<number>, begins: number) {
  const found: { from: number; to: number; share: number }[] = [];
  steps.forEach((to, i) => {
    const open = found.at(-1);
    if (open !== undefined && open.share === share[i]) open.to = to;
    else found.push({ from: open?.to ?? begins, to, share: share[i] });
  });
  return found.filter((box) => box.share > 0);
}
