import { labelTitle } from './metric-label.ts';
import { SEQUENTIAL_SCHEME } from './theme.ts';
import { thinSeries } from './thin-series.ts';
import type { FigureSpec, MetricLabel } from './types.ts';

export interface LoggedRecoveredInput {
  readonly title: string;
  readonly subtitle?: string;
  readonly logged: MetricLabel;
  readonly recovered: MetricLabel;
  readonly steps: Float64Array;
  /** In network order. */
  readonly layers: readonly {
    readonly name: string;
    readonly logged: Float64Array;
    readonly recovered: Float64Array;
  }[];
}

const WIDTH = 330;

/**
 * A metric as a log has it beside the same metric recovered from the log's other values: both over training, and one
 * against the other. Were they the same quantity, the points of the right panel would lie on a rising line.
 */
export function loggedRecoveredSpec(input: LoggedRecoveredInput): FigureSpec {
  const { title, subtitle, logged, recovered, steps, layers } = input;
  const names = layers.map(({ name }) => name);
  const color = {
    field: 'layer',
    type: 'ordinal',
    sort: null,
    scale: { domain: names, scheme: SEQUENTIAL_SCHEME, reverse: false },
    legend: { title: 'Layer', symbolOpacity: 1, symbolStrokeWidth: 2 },
  };
  const rows = (which: 'logged' | 'recovered') =>
    layers.flatMap((layer) =>
      thinSeries(steps, layer[which], 400).map(([step, value]) => ({ layer: layer.name, step, value })),
    );
  const panel = (which: 'logged' | 'recovered', label: MetricLabel, bottom: boolean) => ({
    width: WIDTH,
    height: 150,
    data: { values: rows(which) },
    mark: { type: 'line', strokeWidth: 1.2, clip: true },
    encoding: {
      x: {
        field: 'step',
        type: 'quantitative',
        scale: { nice: false },
        axis: { title: bottom ? 'Training step' : null, grid: false, tickCount: 5 },
      },
      y: {
        field: 'value',
        type: 'quantitative',
        scale: { zero: true },
        axis: { title: axisTitle(label), tickCount: 4 },
      },
      color,
    },
  });
  return {
    title: subtitle === undefined ? title : { text: title, subtitle },
    hconcat: [
      {
        vconcat: [panel('logged', logged, false), panel('recovered', recovered, true)],
        spacing: 14,
      },
      {
        width: 200,
        height: 314,
        data: {
          values: layers.flatMap((layer) =>
            // Where one of them has no value, there is no point; JSON has no NaN either.
            thinSeries(layer.recovered, layer.logged, 120)
              .filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y))
              .map(([x, y]) => ({ layer: layer.name, x, y })),
          ),
        },
        mark: { type: 'point', filled: true, size: 10, opacity: 0.5 },
        encoding: {
          x: { field: 'x', type: 'quantitative', axis: { title: axisTitle(recovered), tickCount: 4 } },
          y: { field: 'y', type: 'quantitative', axis: { title: axisTitle(logged), tickCount: 5 } },
          color,
        },
      },
    ],
    spacing: 28,
  } as FigureSpec;
}

/** Name above unit: panels are short. */
function axisTitle(label: MetricLabel): string | string[] {
  const whole = labelTitle(label);
  return whole.length <= 24 ? whole : [label.name, `(${label.unit})`].slice(0, label.unit === '' ? 1 : 2);
}
