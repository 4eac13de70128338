import type { Run } from '../measurements/types.ts';
import { mean } from '../numerics/moments.ts';
import type { Random } from '../numerics/random.ts';
import { meanInterval, signFlipInterval } from '../numerics/sign-flip.ts';

/**
 * What a run is not independent of: runs of one network on one data set with one seed begin with the same weights and see the same
 * examples, whatever else is varied between them; conditions are the same to the byte until something is done to them.
 */
export function clusterOf({
  id,
  architecture,
  dataset,
  seed,
}: Pick<Run, 'id' | 'architecture' | 'dataset' | 'seed'>): string {
  return seed === null ? id : JSON.stringify([architecture, dataset, seed]);
}

/** A number for each run, averaged within clusters. @param of null for a run that does not bear on it. */
export function clusterAverages(
  runs: readonly Run[],
  of: (run: Run, index: number) => number | null,
): { readonly means: readonly number[]; readonly runs: readonly string[] } {
  const byCluster = new Map<string, number[]>();
  const bearing: string[] = [];
  runs.forEach((run, i) => {
    const value = of(run, i);
    if (value === null) return;
    bearing.push(run.id);
    byCluster.set(clusterOf(run), [...(byCluster.get(clusterOf(run)) ?? []), value]);
  });
  return { means: [...byCluster.values()].map(mean), runs: bearing };
}

/** What the test of signs does not reject; where so few clusters have no such interval, Student's. */
export function intervalOf(
  means: readonly number[],
  random: Random,
  alpha: number,
): readonly [number, number] | null {
  return signFlipInterval(means, random.fork('interval'), 1 - alpha) ?? meanInterval(means, 1 - alpha);
}
