import { describeCurve } from '../../dynamics/stretches/describe-curve.ts';
import type { CurveDescription } from '../../dynamics/stretches/types.ts';
import { createRandom } from '../../numerics/random.ts';
import { simpleRate } from '../harness/clustered-rate.ts';
import type { Rate } from '../harness/types.ts';
import { type NullCurve, nullCurveNamed } from './null-curves.ts';

/** A family of curves without a rise or fall, at one length. */
export interface NullCell {
  readonly family: string;
  readonly n: number;
  readonly series: number;
}

/** How often each kind of answer is given where none of it is true; see `NullCurve.world` for what is false. */
export interface NullRates extends NullCell {
  readonly description: string;
  readonly world: NullCurve['world'];
  /** Share of series with a rise or fall. */
  readonly directed: Rate;
  /** Share of series with a jump. */
  readonly jump: Rate;
  /** Share of series with wander. */
  readonly wander: Rate;
  /** Share of series with any stretch that is not level. */
  readonly moved: Rate;
}

export interface MeasureOptions {
  /** Default 0.05. */
  readonly alpha?: number;
  /** Default 0. */
  readonly seed?: number;
}

/**
 * Counts false answers of `describeCurve`.
 *
 * @example
 * measureNull({ family: 'random-walk', n: 400, series: 400 }).directed.value; // at most 0.05
 */
export function measureNull(cell: NullCell, { alpha = 0.05, seed = 0 }: MeasureOptions = {}): NullRates {
  const { draw, description, world } = nullCurveNamed(cell.family);
  const rng = createRandom(seed).fork('null curves').fork(cell.family).fork(cell.n);
  const steps = Float64Array.from({ length: cell.n }, (_, i) => i);
  const answers = Array.from({ length: cell.series }, (_, i) =>
    answersIn(describeCurve({ steps, values: draw(cell.n, rng.fork(i)) }, { alpha })),
  );
  const rate = (kind: keyof Answers): Rate =>
    simpleRate(answers.filter((answer) => answer[kind]).length, cell.series);
  return {
    ...cell,
    ...{ description, world, directed: rate('directed'), jump: rate('jump') },
    ...{ wander: rate('wander'), moved: rate('moved') },
  };
}

/** Which kinds of answer a description gives. */
export interface Answers {
  readonly directed: boolean;
  readonly jump: boolean;
  readonly wander: boolean;
  readonly moved: boolean;
}

export function answersIn(description: CurveDescription): Answers {
  const stretches = description.described ? description.stretches : [];
  return {
    directed: stretches.some(({ kind }) => kind === 'rise' || kind === 'fall'),
    jump: stretches.some(({ pace }) => pace === 'jump'),
    wander: stretches.some(({ kind }) => kind === 'wander'),
    moved: stretches.some(({ kind }) => kind !== 'level'),
  };
}
