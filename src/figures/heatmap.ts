import { finiteRange } from './finite-range.ts';
import { heatmapImage } from './heatmap-image.ts';
import { type DrawnDynamics, LAYER_EVENT_DOMAIN, layerEventLayer, layerEvents } from './layer-events.ts';
import { firstStepAbove0, logTicks } from './log-steps.ts';
import { labelTitle } from './metric-label.ts';
import { binValues, logStepBins, stepBins } from './step-bins.ts';
import { INK, PANEL_WIDTH, SEQUENTIAL_SCHEME, SMALL } from './theme.ts';
import type { FigureSpec, MetricLabel } from './types.ts';

export interface HeatmapInput {
  readonly title: string;
  readonly metric: MetricLabel;
  /** True training steps of the measurements. */
  readonly steps: Float64Array;
  /** In network order; `values` as long as `steps`, NaN where undetermined. */
  readonly layers: readonly { readonly name: string; readonly values: Float64Array }[];
  /** Stabilization, rises and falls to mark, by layer name; layers without are drawn unmarked. */
  readonly dynamics?: readonly DrawnDynamics[];
  /** What was done to the run, drawn as lines. */
  readonly happened?: readonly { readonly step: number; readonly name: string }[];
}

/** Stands in where nothing was determined: the rows stay empty. */
const UNIT: readonly [number, number] = [0, 1];

export interface HeatmapOptions {
  /** One color scale for all layers (default), or each layer from its own minimum to its own maximum. */
  readonly scale?: 'absolute' | 'per-layer';
  /** The axis of training steps: logarithmic from the first measured step on (default), or linear. */
  readonly axis?: 'log' | 'linear';
}

/**
 * A metric over training: steps on the x axis, layers in network order from the input down, color for the value.
 * A bar marks the step from which a layer has stabilized, triangles the middle of its rises and falls.
 *
 * @example
 * heatmapSpec({ title: 'cnn_deep_mnist', metric: metricLabel('stable_rank'), steps, layers });
 */
export function heatmapSpec(
  input: HeatmapInput,
  { scale = 'absolute', axis = 'log' }: HeatmapOptions = {},
): FigureSpec {
  const { title, metric, steps, layers, dynamics = [], happened = [] } = input;
  const first = firstStepAbove0([{ steps }]);
  const isLog = axis === 'log';
  const bins = isLog ? logStepBins(steps, first) : stepBins(steps);
  const columns = layers.map(({ values }) => binValues(values, bins));
  const shared = finiteRange(...columns) ?? UNIT;
  const ranges = columns.map((values) => (scale === 'absolute' ? shared : (finiteRange(values) ?? UNIT)));
  const labels = new Map(layers.map(({ name }, depth) => [name, `${depth} · ${name}`]));
  const names = [...labels.values()];
  const events = layerEvents(dynamics).flatMap((event) => {
    const layer = labels.get(event.layer);
    return layer === undefined ? [] : [{ ...event, layer }];
  });
  const y = {
    field: 'layer',
    type: 'ordinal',
    scale: { domain: names, padding: 0 },
    axis: { title: 'Depth · layer', grid: false },
  } as const;
  const x = {
    field: 'from',
    type: 'quantitative',
    scale: {
      ...(isLog ? { type: 'symlog', constant: first } : {}),
      ...{ domain: [...bins.extent], nice: false, zero: false },
    },
    axis: {
      ...{ title: 'Training step', grid: false },
      ...(isLog ? { values: logTicks(first, steps.at(-1) ?? first) } : {}),
    },
  };

  return {
    title: { text: title, subtitle: describeEvents(events, dynamics, layers.length) },
    width: PANEL_WIDTH,
    height: { step: layers.length > 10 ? 22 : 28 },
    layer: [
      {
        data: {
          values: [{ from: bins.extent[0], to: bins.extent[1], image: heatmapImage(columns, ranges) }],
        },
        mark: { type: 'image', aspect: false, smooth: false },
        encoding: {
          x,
          x2: { field: 'to' },
          y: { value: 0 },
          y2: { value: 'height' },
          url: { field: 'image' },
        },
      },
      {
        data: { values: names.map((layer) => ({ layer })) },
        mark: { type: 'rule', color: 'white', strokeWidth: 1.5 },
        encoding: { y: { ...y, bandPosition: 0 } },
      },
      colorLegend(scale === 'absolute' ? shared : UNIT, scale, metric),
      ...(events.length > 0 ? [layerEventLayer(events, y)] : []),
      ...(happened.length > 0 ? happenedLayers(happened) : []),
      ...(scale === 'per-layer' ? [rangeLabels(names, ranges, y)] : []),
    ],
    resolve: { scale: { color: 'independent' } },
  } as FigureSpec;
}

/** A dashed line through all layers where something was done, with its name above. */
function happenedLayers(happened: NonNullable<HeatmapInput['happened']>) {
  const data = { values: happened.map(({ step, name }) => ({ step, name })) };
  const x = { field: 'step', type: 'quantitative' };
  return [
    { data, mark: { type: 'rule', color: INK, strokeDash: [4, 3], strokeWidth: 1.2 }, encoding: { x } },
    {
      data,
      mark: { type: 'text', align: 'left', baseline: 'bottom', dx: 3, dy: -2, fontSize: SMALL, color: INK },
      encoding: { x, y: { value: 0 }, text: { field: 'name' } },
    },
  ];
}

/** The strips are colored already; two unseen points carry the scale's legend. */
function colorLegend(
  domain: readonly [number, number],
  scale: 'absolute' | 'per-layer',
  metric: MetricLabel,
) {
  const title =
    scale === 'absolute'
      ? labelTitle(metric)
      : `${labelTitle(metric)}: each layer from its lowest to its highest value`;
  return {
    data: { values: domain.map((value) => ({ value })) },
    mark: { type: 'point', size: 0, filled: true, opacity: 1 },
    encoding: {
      color: {
        field: 'value',
        type: 'quantitative',
        scale: { scheme: SEQUENTIAL_SCHEME, domain: [...domain], nice: false, zero: false },
        legend: {
          title,
          orient: 'bottom',
          direction: 'horizontal',
          gradientLength: 300,
          gradientThickness: 10,
          tickCount: 5,
          titleLimit: PANEL_WIDTH,
          ...(scale === 'per-layer'
            ? { values: [0, 1], labelExpr: "datum.value ? 'highest' : 'lowest'" }
            : {}),
        },
      },
    },
  };
}

function rangeLabels(names: readonly string[], ranges: readonly (readonly [number, number])[], y: object) {
  return {
    data: {
      values: names.map((layer, i) => ({
        layer,
        text: ranges[i].map((end) => threeDigits(end)).join('–'),
      })),
    },
    mark: { type: 'text', align: 'left', dx: 6, fontSize: SMALL, color: INK, clip: false },
    encoding: { x: { value: 'width' }, y, text: { field: 'text' } },
  };
}

function threeDigits(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function describeEvents(
  events: readonly { readonly layer: string; readonly event: string }[],
  dynamics: readonly DrawnDynamics[],
  layers: number,
): string {
  if (dynamics.length === 0) return `${layers} layers`;
  const described = dynamics.filter(({ curve }) => curve.described).length;
  if (described === 0) return `${layers} layers, none of which could be described`;
  const stable = events.filter(({ event }) => event === LAYER_EVENT_DOMAIN[2]).length;
  const moving = new Set(
    events.filter(({ event }) => event !== LAYER_EVENT_DOMAIN[2]).map(({ layer }) => layer),
  ).size;
  const undescribed = layers - described;
  return [
    `${moving} of ${layers} layers rise or fall`,
    `${stable} stabilized`,
    ...(undescribed > 0 ? [`${undescribed} could not be described`] : []),
  ].join('; ');
}
