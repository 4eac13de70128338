import { mean } from '../numerics/moments.ts';
import { benjaminiHochberg } from '../numerics/multiple-testing.ts';
import type { Random } from '../numerics/random.ts';
import { meanInterval, signFlipTest } from '../numerics/sign-flip.ts';

/** How much more a measure changed across a change than across its matched control. */
export interface WindowPair {
  /** What is resampled together: the run. Windows of one run are not independent. */
  readonly cluster: string;
  /** Change of the measure from before to after the change. */
  readonly change: number;
  /** The same across the control. */
  readonly control: number;
}

export interface CaseControl {
  readonly measure: string;
  readonly pairs: number;
  readonly clusters: number;
  /** Mean over clusters of |change| − |control|, in the measure's unit. */
  readonly effect: number;
  /** 95 % by Student over clusters; null with fewer than two. */
  readonly interval: readonly [number, number] | null;
  /** Of the sign-flip test over clusters, two-sided; exact up to 12 clusters. */
  readonly pValue: number;
  /** Adjusted over all measures tested together (Benjamini & Hochberg). */
  readonly adjusted: number;
  readonly verdict: 'more' | 'less' | 'no difference shown' | 'too few runs';
}

/**
 * Tests, for each measure, whether it changes more across changes of the curve than across matched windows without one. The unit is the
 * run: pairs are averaged within it, and the sign of the whole run is flipped, which assumes only that change and control would be
 * exchangeable if the change meant nothing. With n runs the smallest p-value is 2/2ⁿ: below 6 runs nothing can reach 0.05 (`too few runs`).
 *
 * @param pairs by measure.
 * @param alpha false discovery rate over the measures.
 * @example
 * const pairs = Array.from({ length: 8 }, (_, i) => ({ cluster: `seed${i}`, change: 1 + i / 10, control: 0.1 }));
 * caseControl(new Map([['attention_entropy', pairs]]), createRandom(1), 0.05)[0].verdict // 'more'
 */
export function caseControl(
  pairs: ReadonlyMap<string, readonly WindowPair[]>,
  random: Random,
  alpha = 0.05,
): CaseControl[] {
  const tested = [...pairs].flatMap(([measure, own]) => {
    const means = clusterMeans(own.map(sizes));
    return means.length === 0 ? [] : [{ measure, own, means, ...signFlipTest(means, random.fork(measure)) }];
  });
  const adjusted = benjaminiHochberg(tested.map(({ pValue }) => pValue));
  return tested.map(({ measure, own, means, pValue, smallest }, i) => {
    const effect = mean(means);
    const isPossible = smallest <= alpha;
    return {
      ...{ measure, pairs: own.length, clusters: means.length, effect, pValue, adjusted: adjusted[i] },
      interval: meanInterval(means),
      verdict: !isPossible
        ? 'too few runs'
        : adjusted[i] > alpha
          ? 'no difference shown'
          : effect > 0
            ? 'more'
            : 'less',
    };
  });
}

function sizes({ cluster, change, control }: WindowPair): WindowPair {
  return { cluster, change: Math.abs(change), control: Math.abs(control) };
}

/** Change less control, averaged within each cluster. */
export function clusterMeans(pairs: readonly WindowPair[]): number[] {
  const byCluster = new Map<string, number[]>();
  for (const { cluster, change, control } of pairs) {
    byCluster.set(cluster, [...(byCluster.get(cluster) ?? []), change - control]);
  }
  return [...byCluster.values()].map(mean);
}
