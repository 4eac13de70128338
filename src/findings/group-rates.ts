import { type JumpRate, jumpRate, stepsCovered } from '../dynamics/rates.ts';
import type { Run } from '../measurements/types.ts';
import type { LayerCounts } from './joint-facts.ts';

/** How often the layers of a group of runs jump or are fast, per layer and 1,000 training steps. */
export interface GroupRate {
  /** `family`, `architecture`, or the name of a factor. */
  readonly by: string;
  readonly group: string;
  readonly runs: number;
  /** Layers whose curves could be described. */
  readonly layers: number;
  /** Of jumps and fast rises and falls in these. */
  readonly rate: JumpRate;
  /** Of jumps that the step detector finds, in the layers whose series it could test. */
  readonly detected: { readonly layers: number; readonly rate: JumpRate };
}

/**
 * The rates of each group, groups in the order of the runs.
 *
 * @param counts of the layers of each run.
 * @param groupOf the group of a run; null for a run that is in none.
 */
export function groupRates(
  by: GroupRate['by'],
  runs: readonly Run[],
  counts: readonly (readonly LayerCounts[])[],
  groupOf: (run: Run) => string | null,
  alpha: number,
): GroupRate[] {
  const groups = new Map<string, number[]>();
  runs.forEach((run, i) => {
    const group = groupOf(run);
    if (group !== null) groups.set(group, [...(groups.get(group) ?? []), i]);
  });
  return [...groups].map(([group, members]) => {
    const layers = members.flatMap((i) => counts[i].map((own) => ({ ...own, steps: stepsCovered(runs[i]) })));
    const rateOf = (count: 'fast' | 'jumps', reason: string) => {
      const known = layers.flatMap((layer) => layer[count] ?? []);
      const covered = layers.reduce((sum, layer) => sum + (layer[count] === null ? 0 : layer.steps), 0);
      const total = known.reduce((a, b) => a + b, 0);
      return { layers: known.length, rate: jumpRate(total, covered, 1 - alpha, reason) };
    };
    const fast = rateOf('fast', 'no layer could be described');
    return {
      ...{ by, group, runs: members.length, layers: fast.layers, rate: fast.rate },
      detected: rateOf('jumps', 'no layer could be tested for jumps'),
    };
  });
}
