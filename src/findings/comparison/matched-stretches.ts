import type { Stretch } from '../../dynamics/stretches/types.ts';

/** Two rises or falls that are taken for the same, each by its place among the stretches of its side. */
export interface MatchedStretches {
  readonly kind: 'rise' | 'fall';
  readonly a: number;
  readonly b: number;
}

/**
 * Which rises and falls of two curves are each other's: in their order, of one kind, and so that as much of their amplitude as can be
 * agrees. What is left over on either side has no counterpart.
 */
export function matchStretches(a: readonly Stretch[], b: readonly Stretch[]): MatchedStretches[] {
  const [movesA, movesB] = [a, b].map((stretches) =>
    stretches.flatMap(({ kind, amplitude }, place) =>
      kind === 'rise' || kind === 'fall' ? [{ kind, place, size: Math.abs(amplitude.value) }] : [],
    ),
  );
  // best[i][j]: the agreement that the moves from i and from j on can reach.
  const best = Array.from({ length: movesA.length + 1 }, () => new Float64Array(movesB.length + 1));
  const agreement = (i: number, j: number): number => {
    const [one, other] = [movesA[i], movesB[j]];
    if (one.kind !== other.kind) return Number.NEGATIVE_INFINITY;
    const larger = Math.max(one.size, other.size);
    return larger === 0 ? 1 : Math.min(one.size, other.size) / larger;
  };
  for (let i = movesA.length - 1; i >= 0; i--) {
    for (let j = movesB.length - 1; j >= 0; j--) {
      best[i][j] = Math.max(best[i + 1][j], best[i][j + 1], agreement(i, j) + best[i + 1][j + 1]);
    }
  }
  const matched: MatchedStretches[] = [];
  for (let [i, j] = [0, 0]; i < movesA.length && j < movesB.length; ) {
    if (best[i][j] === agreement(i, j) + best[i + 1][j + 1]) {
      matched.push({ kind: movesA[i].kind, a: movesA[i].place, b: movesB[j].place });
      i++;
      j++;
    } else if (best[i][j] === best[i + 1][j]) i++;
    else j++;
  }
  return matched;
}
