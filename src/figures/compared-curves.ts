import { curvesFrame } from './curves-frame.ts';
import { logStepScale, logTicks, placesOnLogSteps, roundNumbers } from './log-steps.ts';
import { CATEGORY_COLORS } from './theme.ts';
import type { FigureSpec, MetricLabel } from './types.ts';

/** One side's curve of a layer: its mean over seeds with a band, or a single run. */
export interface ComparedCurve {
  readonly side: 'a' | 'b';
  readonly steps: Float64Array;
  readonly values: Float64Array;
  /** 95 % band of the mean, place by place. */
  readonly band?: { readonly low: Float64Array; readonly high: Float64Array };
}

export interface ComparedCurvesInput {
  readonly title: string;
  readonly subtitle: string;
  readonly metric: MetricLabel;
  /** What the sides are called in the legend. */
  readonly sides: { readonly a: string; readonly b: string };
  /** One per layer, in network order. */
  readonly panels: readonly { readonly layer: string; readonly curves: readonly ComparedCurve[] }[];
}

/** Places drawn of each curve. */
const BINS = 120;

/** A metric of every layer on two sides, over each other, with bands over seeds, on a logarithmic step axis; a panel per layer. */
export function comparedCurvesSpec({
  title,
  subtitle,
  metric,
  sides,
  panels,
}: ComparedCurvesInput): FigureSpec {
  const all = panels.flatMap(({ curves }) => curves);
  const { first, last, positive, domain } = curvesFrame(all);
  const columns = Math.min(3, panels.length);
  const names = sides.a === sides.b ? [`${sides.a} (A)`, `${sides.b} (B)`] : [sides.a, sides.b];
  const nameOf = ({ side }: ComparedCurve): string => names[side === 'a' ? 0 : 1];
  return {
    title: { text: title, subtitle },
    columns,
    bounds: 'flush',
    spacing: { row: 70, column: 46 },
    concat: panels.map(({ layer, curves }, p) => {
      const rows = curves.flatMap((curve) =>
        placesOnLogSteps(curve.steps, curve.values, first, BINS).map((i) => ({
          ...{ side: nameOf(curve), step: curve.steps[i], value: finite(curve.values[i]) },
          ...(curve.band && {
            // A band over few seeds may reach below what an axis can show.
            low: Math.max(curve.band.low[i], positive ? domain[0] : Number.NEGATIVE_INFINITY),
            high: curve.band.high[i],
          }),
        })),
      );
      const y = (field: string) => ({
        ...{ field, type: 'quantitative' },
        scale: { type: positive ? 'log' : 'linear', domain: [...domain], nice: !positive, zero: false },
        axis: {
          title: p % columns === 0 && metric.unit !== '' ? metric.unit : null,
          format: ',~g',
          ...(positive ? { values: roundNumbers(domain) } : { tickCount: 5 }),
        },
      });
      return {
        title: { text: layer, fontWeight: 'normal', offset: 4 },
        ...{ width: columns === 1 ? 560 : columns === 2 ? 290 : 215, height: 160 },
        data: { values: rows },
        encoding: {
          x: {
            ...{ field: 'step', type: 'quantitative' },
            scale: logStepScale(first, [0, last]),
            axis: {
              title: p + columns >= panels.length ? 'Training step' : null,
              ...{ values: logTicks(first, last), grid: false, labelOverlap: 'greedy' },
            },
          },
          color: {
            ...{ field: 'side', type: 'nominal' },
            scale: { domain: names, range: CATEGORY_COLORS.slice(0, 2) },
            legend: {
              title: null,
              orient: 'bottom',
              symbolType: 'stroke',
              symbolStrokeWidth: 3,
              symbolOpacity: 1,
            },
          },
        },
        layer: [
          ...(curves.some(({ band }) => band !== undefined)
            ? [
                {
                  mark: { type: 'area', opacity: 0.18, clip: true },
                  encoding: { y: y('low'), y2: { field: 'high' } },
                },
              ]
            : []),
          { mark: { type: 'line', strokeWidth: 1.6, clip: true }, encoding: { y: y('value') } },
        ],
      };
    }),
  } as FigureSpec;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
