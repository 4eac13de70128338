import type { Cost } from '../../../src/detectors/costs/types.ts';
import type { Partition } from '../../../src/detectors/segmentation/optimal-partition.ts';

/** The cheapest of all partitions, by trying every one. */
export function exhaustivePartition(cost: Cost, penalty: number, minSize: number): Partition {
  let cheapest: Partition = { boundaries: [], objective: Number.POSITIVE_INFINITY };
  for (let cuts = 0; cuts < 2 ** (cost.length - 1); cuts++) {
    const boundaries: number[] = [];
    for (let i = 1; i < cost.length; i++) if ((cuts >> (i - 1)) & 1) boundaries.push(i);
    const objective = objectiveOf(cost, boundaries, penalty, minSize);
    if (objective < cheapest.objective) cheapest = { boundaries, objective };
  }
  return cheapest;
}

/** Cost of the segments and penalty for the boundaries; +∞ where a segment is too short. */
export function objectiveOf(cost: Cost, boundaries: readonly number[], penalty: number, minSize: number) {
  let [start, total] = [0, penalty * boundaries.length];
  for (const end of [...boundaries, cost.length]) {
    if (end - start < minSize) return Number.POSITIVE_INFINITY;
    total += cost.error(start, end);
    start = end;
  }
  return total;
}
