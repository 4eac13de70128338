import { ACCENT, LINE, PANEL_WIDTH, SMALL } from './theme.ts';
import { thinSeries } from './thin-series.ts';
import type { FigureSpec } from './types.ts';

/** One measure of one part of a network over training, over seeds. */
export interface MeasureCourse {
  /** Layer, module or parameter. */
  readonly label: string;
  readonly steps: Float64Array;
  /** Mean over the seeds; NaN where there is none. */
  readonly mean: Float64Array;
  /** Least and largest of the seeds; absent for one seed. */
  readonly band?: { readonly low: Float64Array; readonly high: Float64Array };
}

/** A time in which layers rise or fall. */
export interface MarkedTime {
  readonly from: number;
  readonly to: number;
  readonly direction: 'rise' | 'fall';
}

export interface MeasureCoursesInput {
  readonly title: string;
  readonly subtitle?: string;
  readonly legend: string;
  /** One panel per measure, above each other on a common step axis. */
  readonly panels: readonly { readonly yTitle: string; readonly courses: readonly MeasureCourse[] }[];
  readonly marked: readonly MarkedTime[];
}

/**
 * Measures over training with their range over seeds, beside the times in which the layers' curves rise and fall.
 *
 * @example
 * const course = { label: 'conv', steps: Float64Array.of(0, 5), mean: Float64Array.of(0.2, 0.4) };
 * measureCoursesSpec({ title: 'Filters', legend: 'Layer', panels: [{ yTitle: 'Orthogonality', courses: [course] }], marked: [] });
 */
export function measureCoursesSpec({
  title,
  subtitle,
  legend,
  panels,
  marked,
}: MeasureCoursesInput): FigureSpec {
  const labels = [...new Set(panels.flatMap(({ courses }) => courses.map(({ label }) => label)))];
  const steps = panels.flatMap(({ courses }) =>
    courses.flatMap((course) => [course.steps[0], course.steps.at(-1)!]),
  );
  const extent = [Math.min(...steps), Math.max(...steps)];
  const x = (isLast: boolean) => ({
    field: 'step',
    type: 'quantitative',
    scale: { domain: extent, nice: false, zero: false },
    axis: { title: isLast ? 'Training step' : null, grid: false },
  });
  const color = {
    field: 'label',
    type: 'nominal',
    scale: { domain: labels },
    legend:
      labels.length < 2
        ? null
        : {
            title: legend,
            orient: 'bottom',
            columns: 2,
            symbolType: 'stroke',
            symbolOpacity: 1,
            symbolStrokeWidth: 3,
          },
  };
  return {
    title: subtitle === undefined ? title : { text: title, subtitle },
    vconcat: panels.map(({ yTitle, courses }, p) => ({
      width: PANEL_WIDTH,
      height: 130,
      layer: [
        ...(marked.length === 0 ? [] : [timesLayer(marked, extent, x(p === panels.length - 1))]),
        ...(courses.some(({ band }) => band !== undefined) ? [bandLayer(courses, color, yTitle)] : []),
        {
          data: {
            values: courses.flatMap(({ label, steps, mean }) =>
              thinSeries(steps, mean, 400).map(([step, value]) => ({ label, step, value })),
            ),
          },
          mark: { type: 'line', clip: true },
          encoding: {
            x: x(p === panels.length - 1),
            y: {
              field: 'value',
              type: 'quantitative',
              scale: { zero: false },
              axis: { title: yTitle, tickCount: 4, titleFontSize: SMALL },
            },
            color,
          },
        },
      ],
    })),
    spacing: 14,
  } as FigureSpec;
}

function timesLayer(marked: readonly MarkedTime[], extent: readonly number[], x: object) {
  const values = marked.map(({ from, to, direction }) => ({
    step: Math.max(extent[0], from),
    // As wide as can be seen, however short.
    to: Math.min(extent[1], Math.max(to, from + (extent[1] - extent[0]) / 250)),
    shade: direction === 'rise' ? ACCENT : LINE,
  }));
  return {
    data: { values },
    mark: { type: 'rect', opacity: 0.13, clip: true },
    encoding: {
      x,
      x2: { field: 'to' },
      fill: { field: 'shade', type: 'nominal', scale: null },
    },
  };
}

function bandLayer(courses: readonly MeasureCourse[], color: object, yTitle: string) {
  const values = courses.flatMap(({ label, steps, band }) => {
    if (band === undefined) return [];
    const stride = Math.ceil(steps.length / 400);
    return Array.from(steps, (step, i) => ({ label, step, low: band.low[i], high: band.high[i] })).filter(
      ({ low, high }, i) => i % stride === 0 && Number.isFinite(low) && Number.isFinite(high),
    );
  });
  return {
    data: { values },
    mark: { type: 'area', opacity: 0.2, clip: true },
    encoding: {
      x: { field: 'step', type: 'quantitative' },
      y: { field: 'low', type: 'quantitative', axis: { title: yTitle } },
      y2: { field: 'high' },
      color,
    },
  };
}
