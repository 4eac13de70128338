import { mean, standardDeviation } from '../../numerics/moments.ts';
import type { Determined } from '../../spectra/types.ts';
import type { AttentionMaps } from './attention-maps.ts';
import { rowMeans } from './row-means.ts';

/** What a head's entropy is measured in. */
export type EntropyScale = 'nats' | 'relative';

/**
 * Attention entropy of every head: −Σ p·ln p over the keys, mean over examples and queries. 0 where a head looks at one
 * token, ln(keys) where it looks at all alike.
 *
 * @param scale `nats` (default), or `relative`: each row divided by ln of the keys that its query sees, 0 to 1; rows that see
 *   one key only have no choice and are left out of it.
 * @returns by head; undetermined where no row counts.
 * Source: Zhai et al. 2023, *Stabilizing transformer training by preventing attention entropy collapse*; the published
 *   study's `attention_entropy`.
 * @example
 * const maps = fromProbabilities([0.5, 0.5, 1, 0], { examples: 1, heads: 1, queries: 2, keys: 2 });
 * attentionEntropy(maps) // [{ determined: true, value: 0.34657359027997264 }]
 */
export function attentionEntropy(maps: AttentionMaps, scale: EntropyScale = 'nats'): Determined[] {
  return rowMeans(
    maps,
    ({ query, probabilities }) => {
      const seen = maps.visible[query];
      if (scale === 'relative' && seen < 2) return undefined;
      const entropy = probabilities.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0);
      return scale === 'nats' ? entropy : entropy / Math.log(seen);
    },
    'no row of this head is a distribution over two or more keys',
  );
}

/** How the heads of a layer differ. */
export interface AttentionSpecialization {
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  /** Over the heads, n − 1 in the denominator. */
  readonly sd: number;
  readonly range: number;
}

/**
 * How far the heads of a layer have specialized: mean, smallest, largest, spread and range of a quantity over its heads,
 * entropies most often. (The published study's `attention_specialization` divides by n in its sd.)
 *
 * @param perHead of one layer, at least two determined.
 * @returns null where fewer than two heads are determined: one head is not more special than another.
 * @example
 * attentionSpecialization([{ determined: true, value: 1 }, { determined: true, value: 3 }])?.range // 2
 */
export function attentionSpecialization(perHead: readonly Determined[]): AttentionSpecialization | null {
  const values = perHead.flatMap((head) => (head.determined ? [head.value] : []));
  if (values.length < 2) return null;
  const [min, max] = [Math.min(...values), Math.max(...values)];
  return { mean: mean(values), min, max, sd: standardDeviation(values, 1), range: max - min };
}
