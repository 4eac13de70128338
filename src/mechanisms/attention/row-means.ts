import { determined, undetermined } from '../../spectra/determined.ts';
import type { Determined } from '../../spectra/types.ts';
import type { AttentionMaps } from './attention-maps.ts';

/** What is known of one row of attention: one example, one head, one query. */
export interface AttentionRow {
  readonly example: number;
  readonly query: number;
  /** Probabilities over all keys; a view, not to be kept. */
  readonly probabilities: Float64Array;
}

/**
 * Mean of a quantity over the rows of each head.
 *
 * @param of gives the quantity of a row; undefined for a row that says nothing of it.
 * @param nothing the reason where no row of a head says anything.
 */
export function rowMeans(
  maps: AttentionMaps,
  of: (row: AttentionRow) => number | undefined,
  nothing: string,
): Determined[] {
  const { examples, heads, queries, keys, probabilities, counts } = maps;
  return Array.from({ length: heads }, (_, head): Determined => {
    let [sum, rows] = [0, 0];
    for (let example = 0; example < examples; example++) {
      for (let query = 0; query < queries; query++) {
        const row = (example * heads + head) * queries + query;
        if (counts[row] === 0) continue;
        const value = of({
          example,
          query,
          probabilities: probabilities.subarray(row * keys, (row + 1) * keys),
        });
        if (value === undefined) continue;
        sum += value;
        rows++;
      }
    }
    return rows === 0 ? undetermined(nothing) : determined(sum / rows);
  });
}
