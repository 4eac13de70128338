import { finiteRange } from './finite-range.ts';
import { firstStepAbove0 } from './log-steps.ts';

/** Within which curves are drawn on a logarithmic step axis. */
export interface CurvesFrame {
  /** Where the axis of steps becomes logarithmic, and where it ends. */
  readonly first: number;
  readonly last: number;
  /** Whether all values are above 0, so that their axis may be logarithmic. */
  readonly positive: boolean;
  /** Ends of the axis of values: where it is logarithmic, a tenth beyond them. */
  readonly domain: readonly [number, number];
}

/** The frame that holds all curves. */
export function curvesFrame(
  curves: readonly { readonly steps: ArrayLike<number>; readonly values: ArrayLike<number> }[],
): CurvesFrame {
  const first = firstStepAbove0(curves);
  const last = Math.max(first, ...curves.map(({ steps }) => steps[steps.length - 1] ?? 0));
  const range = finiteRange(...curves.map(({ values }) => values)) ?? ([0, 1] as const);
  const positive = range[0] > 0;
  return { first, last, positive, domain: positive ? [range[0] / 1.1, range[1] * 1.1] : range };
}
