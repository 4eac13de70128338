import { describeCurve } from '../../dynamics/stretches/describe-curve.ts';
import { createRandom } from '../../numerics/random.ts';
import { simpleRate } from '../harness/clustered-rate.ts';
import type { Rate } from '../harness/types.ts';
import { answersIn, type MeasureOptions, type NullCell } from './measure-nulls.ts';
import { nullCurveNamed } from './null-curves.ts';

/** How often a false answer is given at any time while a series grows to n measurements. */
export interface GrowingRates extends NullCell {
  /** Times that the question is asked of each series. */
  readonly looks: number;
  readonly directed: Rate;
  readonly moved: Rate;
  /** The same where each answer is given as if it were the only one. */
  readonly directedUncorrected: Rate;
  readonly movedUncorrected: Rate;
}

/**
 * Asks `describeCurve` again and again while curves without a rise or fall grow: at every measurement at first, and every
 * 2 % later on.
 *
 * @example
 * measureGrowing({ family: 'random-walk', n: 400, series: 100 }).directed.value; // at most 0.05
 */
export function measureGrowing(
  cell: NullCell,
  { alpha = 0.05, seed = 0 }: MeasureOptions = {},
): GrowingRates {
  const { draw } = nullCurveNamed(cell.family);
  const rng = createRandom(seed).fork('growing curves').fork(cell.family).fork(cell.n);
  const lengths = growingLengths(cell.n);
  const counts = { directed: 0, moved: 0, directedUncorrected: 0, movedUncorrected: 0 };
  for (let i = 0; i < cell.series; i++) {
    const values = draw(cell.n, rng.fork(i));
    const growing = everIn(values, lengths, alpha, true);
    const single = everIn(values, lengths, alpha, false);
    if (growing.directed) counts.directed++;
    if (growing.moved) counts.moved++;
    if (single.directed) counts.directedUncorrected++;
    if (single.moved) counts.movedUncorrected++;
  }
  return {
    ...cell,
    looks: lengths.length,
    directed: simpleRate(counts.directed, cell.series),
    moved: simpleRate(counts.moved, cell.series),
    directedUncorrected: simpleRate(counts.directedUncorrected, cell.series),
    movedUncorrected: simpleRate(counts.movedUncorrected, cell.series),
  };
}

function growingLengths(n: number): number[] {
  const lengths = [];
  for (let length = 12; length < n; length += Math.max(1, Math.floor(length / 50))) lengths.push(length);
  return [...lengths, n];
}

function everIn(
  values: Float64Array,
  lengths: readonly number[],
  alpha: number,
  growing: boolean,
): { directed: boolean; moved: boolean } {
  const steps = Float64Array.from(values.keys());
  let [directed, moved] = [false, false];
  for (const length of lengths) {
    const prefix = { steps: steps.subarray(0, length), values: values.subarray(0, length) };
    const answers = answersIn(describeCurve(prefix, { alpha, growing }));
    directed ||= answers.directed;
    moved ||= answers.moved;
    if (directed) break;
  }
  return { directed, moved };
}
