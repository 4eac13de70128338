import type { LevelCost } from '../../costs/types.ts';
import { type Partition, partitionFrom } from './optimal-partition.ts';

/**
 * The cheapest partition into levels, as by `optimalPartition`, with functional pruning (Maidstone, Hocking, Rigaill &
 * Fearnhead 2017): a start is kept only while it is best for some level of the last segment. A handful of starts is,
 * also where nothing changes and PELT would keep them all, so that time grows about as n·log n.
 *
 * Against a later start b, with cost `before` all that precedes each, an earlier start a is better for the levels μ with
 * before(a) + Σ (y − μ)² over a … b − 1 < before(b): those within a distance of the mean over a … b − 1. What follows b
 * is common to both, so that this holds for good. A start is compared as soon as a segment from it may end.
 *
 * @param budget most starts looked at, over all ends.
 * @returns objective +∞ where the series is shorter than `minSize`; null where the budget was spent before the end.
 */
export function optimalLevelPartition(
  cost: LevelCost,
  penalty: number,
  minSize: number,
  budget = Number.POSITIVE_INFINITY,
): Partition | null {
  const n = cost.length;
  const best = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
  const lastStart = new Int32Array(n + 1);
  best[0] = -penalty;
  // All levels, cut into pieces by the start that is best: piece k reaches up to edges[k].
  let pieces: Pieces = { starts: [], edges: [] };
  let spent = 0;
  for (let end = minSize; end <= n; end++) {
    const newest = end - minSize;
    if (newest === 0) pieces = { starts: [0], edges: [Number.POSITIVE_INFINITY] };
    else if (newest >= minSize) pieces = withStart(pieces, newest, cost, best);
    spent += pieces.starts.length;
    if (spent > budget) return null;
    let [lowest, lowestStart] = [Number.POSITIVE_INFINITY, 0];
    for (const start of pieces.starts) {
      const total = best[start] + cost.error(start, end);
      if (total < lowest) {
        lowest = total;
        lowestStart = start;
      }
    }
    best[end] = lowest + penalty;
    lastStart[end] = lowestStart;
  }
  return partitionFrom(best, lastStart, minSize);
}

interface Pieces {
  readonly starts: number[];
  readonly edges: number[];
}

/** The pieces once a start is added: each keeps the levels for which it is no worse, the new start gets the rest. */
function withStart(pieces: Pieces, added: number, cost: LevelCost, best: Float64Array): Pieces {
  const starts: number[] = [];
  const edges: number[] = [];
  const append = (start: number, edge: number): void => {
    if (starts.at(-1) === start) edges[edges.length - 1] = edge;
    else if (edges.length === 0 || edge > edges[edges.length - 1]) {
      starts.push(start);
      edges.push(edge);
    }
  };
  let left = Number.NEGATIVE_INFINITY;
  for (const [k, start] of pieces.starts.entries()) {
    const right = pieces.edges[k];
    const spare = best[added] - best[start] - cost.error(start, added);
    const reach = spare < 0 ? -1 : Math.sqrt(spare / (added - start));
    const center = cost.level(start, added);
    const [from, to] = [Math.max(left, center - reach), Math.min(right, center + reach)];
    if (from <= to && reach >= 0) {
      if (from > left) append(added, from);
      append(start, to);
      if (to < right) append(added, right);
    } else append(added, right);
    left = right;
  }
  return { starts, edges };
}
