import { determined, undetermined } from '../../spectra/determined.ts';
import type { CheckpointReading } from '../checkpoint-reading.ts';
import type { Measures } from '../measure.ts';
import type { MeasuredValue } from '../measured-value.ts';
import { oncePerReading } from '../once-per-reading.ts';
import { largestOf, meanOf } from '../over-parts.ts';
import type { AttentionMaps } from './attention-maps.ts';
import { copyingScore } from './copying-score.ts';
import { attentionEntropy, attentionSpecialization } from './entropy.ts';
import { headSimilarity } from './head-similarity.ts';
import { attentionDistance, firstTokenScore, previousTokenScore } from './token-scores.ts';

const entropies = oncePerReading(({ attention }, name) => attentionEntropy(attention.get(name)!, 'relative'));

/** What the heads of an attention module do. */
export const attentionMeasures = {
  attention_entropy: {
    ...ofModule('0 to 1', 'entropy of the heads over ln(visible tokens), mean'),
    of: ({ now }, name) => meanOf(entropies(now, name)),
  },
  attention_specialization: {
    ...ofModule('0 to 1', 'sd of that entropy over the heads'),
    of: ({ now }, name) => {
      const spread = attentionSpecialization(entropies(now, name));
      return spread === null ? undetermined('fewer than two heads') : determined(spread.sd);
    },
  },
  head_similarity: {
    ...ofModule('0 to 1', 'cosine between the patterns of different heads, mean'),
    of: mapped((maps) => meanOf(headSimilarity(maps).flatMap((row, i) => row.slice(i + 1)))),
  },
  attention_distance: {
    ...ofModule('tokens', 'distance that heads look over, mean'),
    of: mapped((maps) => meanOf(attentionDistance(maps))),
  },
  previous_token_score: {
    ...ofModule('0 to 1', 'probability on the token before, largest of the heads'),
    of: mapped((maps) => largestOf(previousTokenScore(maps))),
  },
  first_token_score: {
    ...ofModule('0 to 1', 'probability on the first token, largest of the heads'),
    of: mapped((maps) => largestOf(firstTokenScore(maps))),
  },
  copying_score: {
    ...ofModule(
      '−1 to 1',
      'sum of the eigenvalues of a head’s OV circuit over that of their sizes, largest of the heads',
    ),
    of: ({ now }, name) => {
      const weights = valueAndOutput(now, name);
      return weights === null
        ? undetermined('value and output weights are not found under PyTorch’s names')
        : largestOf(copyingScore(weights));
    },
  },
} satisfies Measures<'attention'>;

function ofModule(unit: string, meaning: string) {
  return { subject: 'attention', unit, meaning, tracked: true } as const;
}

function mapped(of: (maps: AttentionMaps) => MeasuredValue) {
  return ({ now }: { readonly now: CheckpointReading }, name: string) => of(now.attention.get(name)!);
}

/** Those of PyTorch's `MultiheadAttention`; null where the network has none under its names. */
function valueAndOutput({ attention, weights }: CheckpointReading, name: string) {
  const [projected, out] = ['in_proj_weight', 'out_proj.weight'].map((part) =>
    weights.get(`${name}.${part}`),
  );
  if (projected === undefined || out === undefined) return null;
  const width = out.channels;
  if (projected.filters !== 3 * width || projected.channels !== width || out.filters !== width) return null;
  const value = projected.weights.subarray(2 * width * width);
  return {
    value: { data: value, rows: width, columns: width },
    output: { data: out.weights, rows: width, columns: width },
    heads: attention.get(name)!.heads,
  };
}
