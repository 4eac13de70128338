import { labelTitle } from './metric-label.ts';
import { ACCENT, LINE } from './theme.ts';
import { thinSeries } from './thin-series.ts';
import type { Curve, FigureSpec, MetricLabel } from './types.ts';

export interface LayerSeriesInput {
  readonly title: string;
  readonly metric: MetricLabel;
  /** In network order; one curve per run or seed. */
  readonly layers: readonly {
    readonly name: string;
    readonly curves: readonly Curve[];
    /** Detected changes to mark, in training steps. */
    readonly changes?: readonly number[];
  }[];
}

const COLUMNS = 3;

/**
 * One small panel per layer: each seed a thin line, over three or more seeds their median and the band from the lowest
 * to the highest. Each panel has its own y axis, since layers differ in width.
 */
export function layerSeriesSpec({ title, metric, layers }: LayerSeriesInput): FigureSpec {
  const seeds = Math.max(0, ...layers.map(({ curves }) => curves.length));
  const banded = seeds >= 3;
  return {
    title: {
      text: title,
      subtitle: `${labelTitle(metric)}${banded ? `; line: median of ${seeds} runs, band: lowest to highest` : ''}${
        layers.some(({ changes = [] }) => changes.length > 0) ? '; dashed: detected change' : ''
      }`,
    },
    columns: COLUMNS,
    bounds: 'flush',
    spacing: { row: 62, column: 52 },
    concat: layers.map(({ name, curves, changes = [] }, i) => ({
      title: { text: name, fontWeight: 'normal', offset: 4 },
      width: 178,
      height: 104,
      layer: [
        ...(banded ? [bandLayer(curves)] : []),
        {
          data: {
            values: curves.flatMap(({ label, steps, values }) =>
              thinSeries(steps, values, 400).map(([step, value]) => ({ label, step, value })),
            ),
          },
          mark: { type: 'line', color: LINE, strokeWidth: banded ? 0.6 : 1.2, opacity: banded ? 0.35 : 1 },
          encoding: { ...axes(i >= layers.length - COLUMNS), detail: { field: 'label' } },
        },
        ...(changes.length > 0
          ? [
              {
                data: { values: changes.map((step) => ({ step })) },
                mark: { type: 'rule', color: ACCENT, strokeDash: [4, 3], strokeWidth: 1.2 },
                encoding: { x: { field: 'step', type: 'quantitative' } },
              },
            ]
          : []),
      ],
    })),
  } as FigureSpec;
}

function axes(bottom: boolean) {
  return {
    x: {
      field: 'step',
      type: 'quantitative',
      scale: { nice: false },
      axis: { title: bottom ? 'Training step' : null, grid: false, tickCount: 4 },
    },
    y: {
      field: 'value',
      type: 'quantitative',
      scale: { zero: false },
      axis: { title: null, tickCount: 4 },
    },
  };
}

/** Lowest, median and highest of the curves at every step; Vega computes them from the rows. */
function bandLayer(curves: readonly Curve[]) {
  const x = { field: 'step', type: 'quantitative' };
  return {
    data: {
      values: curves.flatMap(({ steps, values }) =>
        Array.from(steps, (step, i) => ({ step, value: Number.isFinite(values[i]) ? values[i] : null })),
      ),
    },
    transform: [
      { filter: 'isValid(datum.value)' },
      {
        aggregate: [
          { op: 'min', field: 'value', as: 'low' },
          { op: 'median', field: 'value', as: 'value' },
          { op: 'max', field: 'value', as: 'high' },
        ],
        groupby: ['step'],
      },
    ],
    layer: [
      {
        mark: { type: 'area', color: LINE, opacity: 0.18 },
        encoding: { x, y: { field: 'low', type: 'quantitative' }, y2: { field: 'high' } },
      },
      {
        mark: { type: 'line', color: LINE, strokeWidth: 1.6 },
        encoding: { x, y: { field: 'value', type: 'quantitative' } },
      },
    ],
  };
}
