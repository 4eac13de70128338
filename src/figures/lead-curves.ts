import type { Stretch, TurningPoint } from '../dynamics/stretches/types.ts';
import { curvesFrame } from './curves-frame.ts';
import { logStepScale, logTicks, placesOnLogSteps, roundNumbers } from './log-steps.ts';
import { INK } from './theme.ts';
import type { FigureSpec, MetricLabel } from './types.ts';

/** One layer's curve, or its mean over seeds, with what was found of it. */
export interface LeadCurve {
  readonly layer: string;
  /** Place in the network, from 0 at the input. */
  readonly depth: number;
  readonly steps: Float64Array;
  readonly values: Float64Array;
  /** Band over seeds, place by place. */
  readonly band?: { readonly low: Float64Array; readonly high: Float64Array };
  readonly stretches: readonly Pick<Stretch, 'kind' | 'from' | 'to' | 'pValue'>[];
  readonly turningPoints: readonly Pick<TurningPoint, 'step'>[];
}

export interface LeadPanel {
  /** What was trained, under which condition. */
  readonly title: string;
  /** In network order. */
  readonly curves: readonly LeadCurve[];
  /** Rises and falls with a p-value of at most this hold over all curves of the study. */
  readonly threshold: number;
}

export interface LeadCurvesInput {
  readonly title: string;
  readonly metric: MetricLabel;
  readonly panels: readonly LeadPanel[];
}

/** Beyond so many panels they stand side by side. */
const MOST_ROWS = 3;
/** Places drawn over the whole figure. */
const PLACES = 18_000;
/** Up to so many depths a legend names them one by one. */
const MOST_NAMED = 8;

/**
 * A metric of all layers over training, on a logarithmic step axis: one panel per network and condition. Thin lines are curves
 * (over seeds their mean, with its 95 % band), heavy parts the rises and falls that hold over all curves of the study, dashed
 * ones those that do not, rings the turning points.
 */
export function leadCurvesSpec({ title, metric, panels }: LeadCurvesInput): FigureSpec {
  const all = panels.flatMap(({ curves }) => curves);
  const { first, last, positive, domain } = curvesFrame(all);
  const depths = [...new Set(all.map(({ depth }) => depth))].sort((a, b) => a - b);
  const bins = Math.max(30, Math.min(240, Math.floor(PLACES / (3 * Math.max(1, all.length)))));
  const columns = panels.length > MOST_ROWS ? Math.min(3, Math.ceil(Math.sqrt(panels.length))) : 1;
  const lastRow = columns * (Math.ceil(panels.length / columns) - 1);
  return {
    title: { text: title, subtitle: legendLines(panels, first) },
    columns,
    bounds: 'flush',
    spacing: { row: 84, column: columns === 1 ? 46 : 20 },
    concat: panels.map(({ title: name, curves, threshold }, p) => ({
      title: { text: name, fontWeight: 'normal', offset: 4 },
      width: columns === 1 ? 560 : columns === 2 ? 290 : 215,
      height: columns === 1 ? 150 : 160,
      encoding: {
        x: {
          field: 'step',
          type: 'quantitative',
          scale: logStepScale(first, [0, last]),
          axis: {
            title: p >= lastRow || p + columns >= panels.length ? 'Training step' : null,
            values: logTicks(first, last),
            grid: false,
            labelOverlap: columns === 1 ? false : 'greedy',
          },
        },
        color: color(depths),
      },
      layer: layersOf(curves, {
        threshold,
        first,
        bins,
        lowest: positive ? domain[0] : Number.NEGATIVE_INFINITY,
        y: yAxis(domain, positive, metric.unit, p % columns),
      }),
    })),
  } as FigureSpec;
}

interface Drawing {
  readonly threshold: number;
  readonly first: number;
  readonly bins: number;
  /** Lower end of the y axis. */
  readonly lowest: number;
  readonly y: object;
}

function layersOf(curves: readonly LeadCurve[], { threshold, first, bins, lowest, y }: Drawing) {
  const drawn = curves.map((curve) => ({
    ...curve,
    places: placesOnLogSteps(curve.steps, curve.values, first, bins),
  }));
  const points = drawn.flatMap(({ depth, steps, values, places }) =>
    places.map((i) => ({ depth, step: steps[i], value: finite(values[i]) })),
  );
  const bands = drawn.flatMap(({ depth, steps, band, places }) =>
    band === undefined
      ? []
      : places.map((i) => ({
          ...{ depth, step: steps[i] },
          // A band over few seeds may reach below what an axis can show.
          ...{ value: Math.max(band.low[i], lowest), high: Math.max(band.high[i], lowest) },
        })),
  );
  const moves = drawn.flatMap((curve, c) => movesOf(curve, curve.places, threshold, c));
  const turns = drawn.flatMap(({ depth, turningPoints, steps, values }) =>
    turningPoints.map(({ step }) => ({ depth, step, value: finite(values[steps.indexOf(step)]) })),
  );
  const detail = { field: 'part' };
  return [
    ...(bands.length === 0
      ? []
      : [
          {
            data: { values: bands },
            mark: { type: 'area', opacity: 0.15, clip: true },
            encoding: { y, y2: { field: 'high' } },
          },
        ]),
    { data: { values: points }, mark: { type: 'line', strokeWidth: 1, clip: true }, encoding: { y } },
    ...[true, false].flatMap((holds) => {
      const rows = moves.filter((move) => move.holds === holds);
      return rows.length === 0
        ? []
        : [
            {
              data: { values: rows.map(({ holds: _, ...row }) => row) },
              mark: {
                type: 'line',
                strokeWidth: 3,
                clip: true,
                ...(holds ? {} : { strokeDash: [2, 2.5], strokeCap: 'butt' }),
              },
              encoding: { y, detail },
            },
          ];
    }),
    ...(turns.length === 0
      ? []
      : [
          {
            data: { values: turns },
            mark: { type: 'point', filled: true, fill: 'white', opacity: 1, size: 36, strokeWidth: 1.4 },
            encoding: { y, stroke: { value: INK } },
          },
        ]),
  ];
}

/** The places of each rise and fall, its two ends among them. */
function movesOf(
  { depth, steps, values, stretches }: LeadCurve,
  places: readonly number[],
  threshold: number,
  curve: number,
) {
  return stretches.flatMap(({ kind, from, to, pValue }, s) => {
    if (kind !== 'rise' && kind !== 'fall') return [];
    const within = new Set(places.filter((i) => steps[i] >= from.step && steps[i] <= to.step));
    for (const end of [from.step, to.step]) within.add(steps.indexOf(end));
    return [...within]
      .filter((i) => i >= 0)
      .sort((a, b) => a - b)
      .map((i) => ({
        ...{ depth, part: `${curve} ${s}`, holds: (pValue ?? 0) <= threshold },
        ...{ step: steps[i], value: finite(values[i]) },
      }));
  });
}

function yAxis(domain: readonly [number, number], positive: boolean, title: string, column: number) {
  const values = positive ? roundNumbers(domain) : [];
  return {
    field: 'value',
    type: 'quantitative',
    scale: {
      type: positive ? 'log' : 'linear',
      domain: [...domain],
      nice: !positive,
      zero: false,
    },
    axis: {
      title: column === 0 && title !== '' ? title : null,
      format: ',~g',
      ...(values.length > 1 ? { values } : { tickCount: 5 }),
      // One range for all: its numbers stand once in a line.
      labels: column === 0,
    },
  };
}

/** Light to dark on white from the input on; the lightest of the scheme would not be seen. */
function color(depths: readonly number[]) {
  const named = depths.length <= MOST_NAMED;
  return {
    field: 'depth',
    type: named ? 'ordinal' : 'quantitative',
    scale: { scheme: { name: 'viridis', extent: [0.85, 0] }, ...(named ? { domain: [...depths] } : {}) },
    legend: {
      title: 'Layer, from 0 at the input',
      orient: 'bottom',
      direction: 'horizontal',
      symbolType: 'stroke',
      symbolStrokeWidth: 3,
      symbolOpacity: 1,
    },
  };
}

function legendLines(panels: readonly LeadPanel[], first: number): string[] {
  const curves = panels.flatMap((panel) => panel.curves);
  const failing = panels.some(({ threshold, curves: own }) =>
    own.some(({ stretches }) =>
      stretches.some(({ kind, pValue }) => (kind === 'rise' || kind === 'fall') && (pValue ?? 0) > threshold),
    ),
  );
  const banded = curves.some(({ band }) => band !== undefined);
  return [
    `Heavy: rises and falls${failing ? ' (dashed: does not hold over all curves)' : ''}; rings: turning points`,
    `${banded ? 'Lines: means over seeds with 95 % band; steps' : 'Steps'} are logarithmic from ${first} on`,
  ];
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
