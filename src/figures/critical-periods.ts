import { percent } from '../wording/sentences.ts';
import { ACCENT, INK, LINE, NULL_BAND, PANEL_WIDTH } from './theme.ts';
import { thinSeries } from './thin-series.ts';
import type { CoordinationView, FigureSpec } from './types.ts';

export interface CriticalPeriodsFigureInput {
  readonly title: string;
  readonly coordination: CoordinationView;
  /** Training loss of the same run, and the title of its axis. */
  readonly loss: { readonly steps: Float64Array; readonly values: Float64Array; readonly title: string };
}

/**
 * Critical periods of a run: above, the share of layers that are fast together against the null model's threshold
 * (gray band: below it; orange where it is reached); below, the training loss on the same steps.
 */
export function criticalPeriodsSpec({ title, coordination, loss }: CriticalPeriodsFigureInput): FigureSpec {
  const { steps, share, threshold, nullModel, alpha } = coordination;
  const rows = Array.from(steps, (step, i) => ({
    step,
    share: share[i],
    coordinated: threshold !== null && share[i] >= threshold,
  }));
  const reached = rows.filter(({ coordinated }) => coordinated).length;
  const x = {
    field: 'step',
    type: 'quantitative',
    scale: { domain: [loss.steps.at(0) ?? 0, loss.steps.at(-1) ?? 1], nice: false },
    axis: { title: 'Training step', grid: false },
  };
  const shareAxis = {
    field: 'share',
    type: 'quantitative',
    scale: { domain: [0, 1] },
    axis: { title: 'Fast layers (share)', tickCount: 5 },
  };
  return {
    title: {
      text: title,
      subtitle:
        threshold === null
          ? [`Null model: ${nullModel}; in more than ${percent(alpha)} of draws all layers meet somewhere`]
          : [
              `Gray: below the share that ${percent(alpha)} of null draws (${nullModel}) reach anywhere`,
              `${reached} of ${rows.length} intervals reach it${reached > 0 ? ' (orange)' : ''}`,
            ],
    },
    vconcat: [
      {
        width: PANEL_WIDTH,
        height: 170,
        encoding: { x: { ...x, axis: { ...x.axis, title: null, labels: false } } },
        layer: [
          ...(threshold === null ? [] : [nullBand(threshold)]),
          ...[false, true].map((coordinated) => ({
            data: { values: bars(rows.filter((row) => row.coordinated === coordinated)) },
            mark: { type: 'line', strokeWidth: 1.3, strokeCap: 'butt', color: coordinated ? ACCENT : INK },
            encoding: { y: shareAxis, order: { field: 'order' } },
          })),
        ],
      },
      {
        width: PANEL_WIDTH,
        height: 120,
        data: { values: thinSeries(loss.steps, loss.values).map(([step, value]) => ({ step, value })) },
        mark: { type: 'line', color: LINE },
        encoding: {
          x,
          y: { field: 'value', type: 'quantitative', axis: { title: loss.title, tickCount: 4 } },
        },
      },
    ],
    spacing: 14,
  } as FigureSpec;
}

/** From no layer to the least share that is held to be coordinated. */
function nullBand(threshold: number) {
  return {
    data: { values: [{ low: 0, share: threshold }] },
    mark: { type: 'rect', color: NULL_BAND, opacity: 0.55 },
    encoding: {
      x: { value: 0 },
      x2: { value: 'width' },
      y: { field: 'low', type: 'quantitative' },
      y2: { field: 'share' },
    },
  };
}

/** Upright bars as one broken line: a tenth of the size of one mark each. Without a share there is no bar. */
function bars(rows: readonly { readonly step: number; readonly share: number }[]) {
  return rows
    .filter(({ share }) => share > 0)
    .flatMap(({ step, share }) => [
      { step, share: 0 },
      { step, share },
      { step, share: null },
    ])
    .map((point, order) => ({ ...point, order }));
}
