import type { CurveMarks } from '../../embedded-run.ts';

/** One line of a chart over training steps. */
export interface Curve {
  /** What it shows, e.g. the run and its layer. */
  readonly label: string;
  /** What a table of the chart's numbers says of it beyond its label, by name of the column. */
  readonly facts: Readonly<Record<string, string | number | null>>;
  readonly steps: Float32Array;
  /** As drawn; NaN leaves a gap. */
  readonly values: Float32Array;
  /** Before smoothing; null where nothing was smoothed. */
  readonly raw: Float32Array | null;
  /** Lowest and highest over the runs that it is the mean of; null of a single run. */
  readonly band: { readonly low: Float32Array; readonly high: Float32Array } | null;
  readonly marks: CurveMarks | null;
  /** Place of its color group among the chart's. */
  readonly group: number;
}

/** Curves of one color. */
export interface ColorGroup {
  readonly label: string;
  /** On a light page and on a dark one. */
  readonly color: { readonly light: string; readonly dark: string };
  /** Lengths of dashes and gaps, where colors are not enough. */
  readonly dash: readonly number[];
}

export type AxisKind = 'log' | 'linear';

/** All that a chart shows. */
export interface ChartContent {
  readonly curves: readonly Curve[];
  readonly groups: readonly ColorGroup[];
  /** Name of the quantity, with its unit. */
  readonly title: string;
  /** What is shown of what, e.g. `Stable rank of every layer of run a`. */
  readonly subject: string;
  readonly steps: AxisKind;
  readonly values: AxisKind;
  /** Measurements over which values are averaged; 1 is none. */
  readonly smoothing: number;
  /** Steps between which the chart shows them; null for all. */
  readonly range: readonly [number, number] | null;
}
