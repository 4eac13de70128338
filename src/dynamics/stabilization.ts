import type { Series } from '../detectors/types.ts';
import { brief } from '../wording/sentences.ts';
import { type DescribeCurveOptions, describeCurve } from './stretches/describe-curve.ts';
import type { CurveDescription, CurveStabilization, EndBand, StretchEdge } from './stretches/types.ts';

/**
 * From which training step on a series is stable, or why there is no such step.
 *
 * - `stabilized`: from that step on it stays within a band of its end and has no further rise or fall of more than half of
 *   that band; with an interval;
 * - `moving`: there is no such step, or only one within the last tenth of the measurements;
 * - `unmoved`: no movement was told from its noise, and `range` says how much there may be;
 * - `constant`: the whole range, as far as its noise allows, lies within the resolution;
 * - `undetermined`: the series cannot be described.
 */
export type Stabilization = CurveStabilization | { readonly status: 'undetermined'; readonly reason: string };

/**
 * Whether and from when on a series is stable: what `describeCurve` says of it, by itself.
 *
 * @throws InputError where `alpha` is not between 0.0001 and 0.2.
 * @example
 * const s = stabilization({ steps, values });
 * if (s.status === 'stabilized') console.log(s.step, s.interval);
 */
export function stabilization(series: Series, options: DescribeCurveOptions = {}): Stabilization {
  return stabilizationOf(describeCurve(series, options));
}

/** The same, of a curve that has been described. */
export function stabilizationOf(curve: CurveDescription): Stabilization {
  return curve.described ? curve.stabilization : { status: 'undetermined', reason: curve.reason };
}

/**
 * The same in a few words, for cells of tables.
 *
 * @example
 * stabilizationInWords({ status: 'undetermined', reason: '3 measurements' }); // 'not determined: 3 measurements'
 */
export function stabilizationInWords(found: Stabilization): string {
  switch (found.status) {
    case 'stabilized': {
      return `within ${band(found)} of its end from ${sinceWhen(found)} on`;
    }
    case 'moving':
      return `not yet: ${found.reason}`;
    case 'constant':
      return `constant: range at most ${brief(found.range.interval[1])}`;
    case 'unmoved':
      return `no movement told from its noise: range at most ${brief(found.range.interval[1])}`;
    case 'undetermined':
      return `not determined: ${found.reason}`;
  }
}

/**
 * The same as an aside to the sentence of the curve, which has said what is not repeated here; null where there is nothing
 * to add.
 *
 * @example
 * stabilityAside({ status: 'undetermined', reason: '3 measurements' }); // null
 */
export function stabilityAside(found: Stabilization): string | null {
  if (found.status === 'undetermined') return null;
  if ('range' in found) return `range at most ${brief(found.range.interval[1])}`;
  return found.status === 'stabilized'
    ? `stable ${stabilizationInWords(found)}`
    : `not stable yet: ${found.reason}`;
}

/** An interval wider than this share of its upper end: the step in it that was computed would say more than is known. */
const WIDE_SHARE = 0.5;

function sinceWhen({ step, interval: [low, high] }: StretchEdge): string {
  if (high - low > WIDE_SHARE * high) return `some step of ${brief(low)}–${brief(high)}`;
  return `step ${brief(step)}${low === high ? '' : ` [${brief(low)}, ${brief(high)}]`}`;
}

/** What counts as near the end. */
function band({ band }: EndBand): string {
  return `±${Number(band.toPrecision(2))}`;
}
