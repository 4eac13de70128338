import { InputError } from '../../errors/input-error.ts';
import type { Determined } from '../../spectra/types.ts';
import type { AttentionMaps } from './attention-maps.ts';
import { rowMeans } from './row-means.ts';

/**
 * Mean distance |query − key| that each head looks over, in tokens, weighted by its probabilities.
 *
 * @example
 * const maps = fromProbabilities([1, 0, 1, 0], { examples: 1, heads: 1, queries: 2, keys: 2 });
 * attentionDistance(maps) // [{ determined: true, value: 0.5 }]
 */
export function attentionDistance(maps: AttentionMaps): Determined[] {
  return rowMeans(
    maps,
    ({ query, probabilities }) => probabilities.reduce((sum, p, key) => sum + p * Math.abs(query - key), 0),
    'no row of this head is a distribution',
  );
}

/**
 * Previous-token score of every head: the probability on the token just before, mean over examples and all queries that
 * see it (from the second on). 0 to 1.
 *
 * Source: Elhage et al. 2021, *A mathematical framework for transformer circuits*.
 */
export function previousTokenScore(maps: AttentionMaps): Determined[] {
  return rowMeans(
    maps,
    ({ query, probabilities }) =>
      query > 0 && maps.sees(query, query - 1) ? probabilities[query - 1] : undefined,
    'no query sees the token before it',
  );
}

/** The probability that each head puts on the first token, mean over all queries from the second on: an attention sink. 0 to 1. */
export function firstTokenScore(maps: AttentionMaps): Determined[] {
  return rowMeans(
    maps,
    ({ query, probabilities }) => (query > 0 && maps.sees(query, 0) ? probabilities[0] : undefined),
    'no query but the first sees the first token',
  );
}

/**
 * Duplicate-token score of every head: the probability on earlier tokens that are the same as the query's own, mean over
 * the queries whose token was there before. 0 to 1.
 *
 * @param tokens ids, row-major `[examples, tokens]`.
 * @throws InputError if there are not as many ids as examples × keys, or queries are not keys.
 */
export function duplicateTokenScore(maps: AttentionMaps, tokens: ArrayLike<number>): Determined[] {
  return earlierMatches(maps, tokens, 0, 'no token occurs twice in an example');
}

/**
 * Induction score (prefix matching) of every head: the probability on tokens that *followed* an earlier occurrence of the
 * query's token, mean over the queries whose token was there before. 0 to 1; take sequences of random tokens that repeat,
 * since in ordinary text other heads score too.
 *
 * @param tokens ids, row-major `[examples, tokens]`.
 * @throws InputError if there are not as many ids as examples × keys, or queries are not keys.
 * Source: Olsson et al. 2022, *In-context learning and induction heads*.
 * @example
 * // a b a: the last query looks at b, which followed a
 * const maps = fromProbabilities([1, 0, 0, 1, 0, 0, 0, 1, 0], { examples: 1, heads: 1, queries: 3, keys: 3 });
 * inductionScore(maps, [7, 8, 7]) // [{ determined: true, value: 1 }]
 */
export function inductionScore(maps: AttentionMaps, tokens: ArrayLike<number>): Determined[] {
  return earlierMatches(maps, tokens, 1, 'no token that was followed by another occurs again in an example');
}

/** Probability on keys `offset` after earlier occurrences of the query's token, by head. */
function earlierMatches(
  maps: AttentionMaps,
  tokens: ArrayLike<number>,
  offset: number,
  nothing: string,
): Determined[] {
  const { examples, keys, queries } = maps;
  if (queries !== keys || tokens.length !== examples * keys) {
    throw new InputError({
      field: 'tokens',
      value: tokens.length,
      allowed: `the ids of ${examples} examples of ${keys} tokens each, in self-attention (queries are keys)`,
    });
  }
  return rowMeans(
    maps,
    ({ example, query, probabilities }) => {
      const own = tokens[example * keys + query];
      let [sum, matches] = [0, 0];
      for (let key = 0; key < query; key++) {
        const place = key + offset;
        if (tokens[example * keys + key] !== own || place === query || !maps.sees(query, place)) continue;
        sum += probabilities[place];
        matches++;
      }
      return matches === 0 ? undefined : sum;
    },
    nothing,
  );
}
