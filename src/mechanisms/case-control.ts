import { mean, standardDeviation } from '../numerics/moments.ts';
import { benjaminiHochberg } from '../numerics/multiple-testing.ts';
import { permutationPValue } from '../numerics/permutation-p-value.ts';
import type { Random } from '../numerics/random.ts';
import { studentTQuantile } from '../numerics/student-t.ts';

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

/** Up to so many clusters every assignment of signs is tried. */
const EXACT = 12;
const REPLICATES = 9999;

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
    const means = clusterMeans(own);
    return means.length === 0 ? [] : [{ measure, own, means, pValue: signFlip(means, random.fork(measure)) }];
  });
  const adjusted = benjaminiHochberg(tested.map(({ pValue }) => pValue));
  return tested.map(({ measure, own, means, pValue }, i) => {
    const effect = mean(means);
    const isPossible = 2 ** (1 - means.length) <= alpha;
    return {
      ...{ measure, pairs: own.length, clusters: means.length, effect, pValue, adjusted: adjusted[i] },
      interval: interval(means),
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

function clusterMeans(pairs: readonly WindowPair[]): number[] {
  const byCluster = new Map<string, number[]>();
  for (const { cluster, change, control } of pairs) {
    const difference = Math.abs(change) - Math.abs(control);
    byCluster.set(cluster, [...(byCluster.get(cluster) ?? []), difference]);
  }
  return [...byCluster.values()].map(mean);
}

function signFlip(means: readonly number[], random: Random): number {
  const observed = Math.abs(mean(means)) * (1 - 1e-12);
  const n = means.length;
  const flipped = (isMinus: (i: number) => boolean): number =>
    Math.abs(means.reduce((sum, value, i) => sum + (isMinus(i) ? -value : value), 0) / n);
  if (n <= EXACT) {
    let extreme = 0;
    for (let signs = 0; signs < 2 ** n; signs++) {
      if (flipped((i) => ((signs >> i) & 1) === 1) >= observed) extreme++;
    }
    return extreme / 2 ** n;
  }
  let extreme = 0;
  for (let r = 0; r < REPLICATES; r++) if (flipped(() => random.uniform() < 0.5) >= observed) extreme++;
  return permutationPValue(extreme, REPLICATES);
}

function interval(means: readonly number[]): [number, number] | null {
  const n = means.length;
  if (n < 2) return null;
  const center = mean(means);
  const half = studentTQuantile(0.975, n - 1) * (standardDeviation(means, 1) / Math.sqrt(n));
  return [center - half, center + half];
}
