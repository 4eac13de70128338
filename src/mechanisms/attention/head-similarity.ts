import { determined, undetermined } from '../../spectra/determined.ts';
import type { Determined } from '../../spectra/types.ts';
import type { AttentionMaps } from './attention-maps.ts';

/**
 * How alike the heads of a layer look: the cosine between their patterns on the same example and query, mean over those
 * rows in which both are distributions. 1 on the diagonal, 0 for heads that never look at the same key.
 *
 * @returns row-major `[heads][heads]`, symmetric.
 * @example
 * const maps = fromProbabilities([1, 0, 0, 1], { examples: 1, heads: 2, queries: 1, keys: 2 });
 * headSimilarity(maps)[0][1] // { determined: true, value: 0 }
 */
export function headSimilarity(maps: AttentionMaps): Determined[][] {
  const { heads } = maps;
  const similarity: Determined[][] = Array.from({ length: heads }, () => []);
  for (let a = 0; a < heads; a++) {
    for (let b = a; b < heads; b++) similarity[a][b] = similarity[b][a] = meanCosine(maps, a, b);
  }
  return similarity;
}

function meanCosine(
  { examples, heads, queries, keys, probabilities, counts }: AttentionMaps,
  a: number,
  b: number,
): Determined {
  let [sum, rows] = [0, 0];
  for (let example = 0; example < examples; example++) {
    for (let query = 0; query < queries; query++) {
      const [x, y] = [a, b].map((head) => (example * heads + head) * queries + query);
      if (counts[x] === 0 || counts[y] === 0) continue;
      let [dot, squareX, squareY] = [0, 0, 0];
      for (let key = 0; key < keys; key++) {
        const [p, q] = [probabilities[x * keys + key], probabilities[y * keys + key]];
        dot += p * q;
        squareX += p * p;
        squareY += q * q;
      }
      sum += dot / Math.sqrt(squareX * squareY);
      rows++;
    }
  }
  return rows === 0
    ? undetermined('the two heads have no row in common that is a distribution')
    : determined(sum / rows);
}
