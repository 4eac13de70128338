import { finiteRange } from './finite-range.ts';
import { groupMedians } from './group-medians.ts';
import { PANEL_WIDTH } from './theme.ts';
import { thinSeries } from './thin-series.ts';
import type { Curve, FigureSpec } from './types.ts';

export interface CurvesInput {
  readonly title: string;
  readonly subtitle?: string;
  /** One panel each, above each other on a common step axis. */
  readonly panels: readonly {
    readonly yTitle: string;
    readonly scale?: 'linear' | 'log';
    /** Fixed ends of the y axis, e.g. `[0, 1]` for an accuracy. */
    readonly domain?: readonly [number, number];
    readonly curves: readonly Curve[];
  }[];
  /** Title of the color legend, e.g. `Dataset`; a figure with one curve per panel has none. */
  readonly legend: string;
  /** Color group of a curve by its label; a label by itself by default. */
  readonly group?: (label: string) => string;
}

/** More curves than this in a panel are drawn faintly, with the median of each group over them. */
const MANY = 6;

/** Loss, accuracy and other curves over training steps, one panel per quantity. */
export function curvesSpec({
  title,
  subtitle,
  panels,
  legend,
  group = (label) => label,
}: CurvesInput): FigureSpec {
  const groups = [...new Set(panels.flatMap(({ curves }) => curves.map(({ label }) => group(label))))];
  const color =
    groups.length < 2
      ? {}
      : {
          color: {
            field: 'group',
            type: 'nominal',
            scale: { domain: groups },
            legend: { title: legend, symbolOpacity: 1, symbolStrokeWidth: 2 },
          },
        };
  return {
    title: subtitle === undefined ? title : { text: title, subtitle },
    vconcat: panels.map(({ yTitle, scale = 'linear', domain, curves }, p) => {
      const many = curves.length > MANY;
      const ends = domain ?? (scale === 'log' ? logarithmicEnds(curves) : undefined);
      const y = {
        field: 'value',
        type: 'quantitative',
        scale: {
          type: scale,
          zero: false,
          ...(ends === undefined ? {} : { domain: [...ends], nice: false }),
        },
        axis: { title: yTitle, tickCount: 5, ...(scale === 'log' ? { format: ',~g' } : {}) },
      };
      return {
        width: PANEL_WIDTH,
        height: panels.length > 1 ? 170 : 240,
        data: {
          values: curves.flatMap(({ label, steps, values }) =>
            thinSeries(steps, values, many ? faintPoints(curves.length) : 800).map(([step, value]) => ({
              label,
              group: group(label),
              step,
              value: scale === 'log' && value !== null && value <= 0 ? null : value,
            })),
          ),
        },
        encoding: {
          x: {
            field: 'step',
            type: 'quantitative',
            scale: { nice: false },
            axis: { title: p === panels.length - 1 ? 'Training step' : null, grid: false },
          },
          ...color,
        },
        layer: [
          {
            mark: { type: 'line', strokeWidth: many ? 0.7 : 1.5, opacity: many ? 0.2 : 1, clip: true },
            encoding: { y, detail: { field: 'label' } },
          },
          ...(many ? [medianLayer(curves, group, y)] : []),
        ],
      };
    }),
    spacing: 18,
  } as FigureSpec;
}

/** Points of one of many faint curves: so many that hundreds of them leave the figure as large as a hundred do. */
function faintPoints(curves: number): number {
  return Math.min(200, Math.max(40, Math.floor(24_000 / curves)));
}

/** Ends of a logarithmic axis: a tenth beyond the values, and no whole decades of nothing; undefined where none is positive. */
function logarithmicEnds(curves: readonly Curve[]): readonly [number, number] | undefined {
  const range = finiteRange(...curves.map(({ values }) => values.filter((value) => value > 0)));
  return range === null ? undefined : [range[0] / 1.1, range[1] * 1.1];
}

/** The median of each group over the steps, from all measurements rather than from the thinned lines. */
function medianLayer(curves: readonly Curve[], group: (label: string) => string, y: object) {
  return {
    data: { values: groupMedians(curves, group) },
    mark: { type: 'line', strokeWidth: 2, clip: true },
    encoding: { y },
  };
}
