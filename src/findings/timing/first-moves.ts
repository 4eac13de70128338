import type { OverSeeds } from '../../dynamics/stretches/seeds/over-seeds.ts';
import type { SeedStretch } from '../../dynamics/stretches/seeds/types.ts';
import { type TimingDifference, timingDifference } from '../../dynamics/stretches/timing-difference.ts';
import type { Stretch } from '../../dynamics/stretches/types.ts';

/** A rise or fall of a layer, in training steps. */
export interface TimedMove {
  readonly kind: 'rise' | 'fall';
  readonly from: number;
  readonly to: number;
  /** Where it is half-way, and the steps between which that lies: over seeds the 95 % interval of their mean, null of one seed. */
  readonly half: number;
  readonly interval: readonly [number, number] | null;
  /** Whether it holds over all curves of the study. */
  readonly holds: boolean;
  /** When each seed is half-way; null for a single run. */
  readonly overSeeds: OverSeeds | null;
}

/** When a layer moves. */
export interface TimedLayer {
  readonly layer: string;
  readonly depth: number;
  readonly moves: readonly TimedMove[];
}

/** Which layer moves first, and whether it surely comes before the next. */
export interface FirstMove {
  readonly layer: string;
  readonly move: TimedMove;
  /** The layer that is next, how much later seed by seed; null where no other layer moves. */
  readonly next: { readonly layer: string; readonly later: TimingDifference } | null;
}

/**
 * The rises and falls of a curve, of one run or of the mean over seeds.
 *
 * @param threshold those with a p-value of at most this hold over all curves of the study.
 */
export function timedMoves(stretches: readonly (Stretch | SeedStretch)[], threshold: number): TimedMove[] {
  return stretches.flatMap((stretch): TimedMove[] => {
    const { kind, from, to, half, pValue } = stretch;
    if ((kind !== 'rise' && kind !== 'fall') || half === null) return [];
    const overSeeds = 'timing' in stretch ? (stretch.timing?.half ?? null) : null;
    return [
      {
        ...{ kind, from: from.step, to: to.step, overSeeds, holds: (pValue ?? 0) <= threshold },
        half: overSeeds?.value ?? half.step,
        interval: overSeeds === null ? half.interval : overSeeds.interval,
      },
    ];
  });
}

/**
 * The first movement of a network that holds, and how much later the next layer's comes: paired, since both are of the same runs.
 *
 * @returns null where nothing holds.
 */
export function firstMove(layers: readonly TimedLayer[]): FirstMove | null {
  const firsts = layers
    .flatMap(({ layer, moves }) => {
      const move = moves.find(({ holds }) => holds);
      return move === undefined ? [] : [{ layer, move }];
    })
    .sort((a, b) => a.move.half - b.move.half);
  const [first, next] = firsts;
  if (first === undefined) return null;
  return {
    ...first,
    next: next === undefined ? null : { layer: next.layer, later: laterBy(first.move, next.move) },
  };
}

function laterBy(first: TimedMove, next: TimedMove): TimingDifference {
  if (first.overSeeds === null || next.overSeeds === null) {
    return { determined: false, reason: 'one run has no spread over seeds' };
  }
  return timingDifference(first.overSeeds, next.overSeeds, 'paired');
}
