import type { Layer, Run } from '../../measurements/types.ts';
import { counted, someOf } from '../../wording/sentences.ts';
import { faultIn, type Place, placeName } from './fault.ts';
import type { DataCheck } from './types.ts';

/** Columns as a log describes them: what stands behind the last `×`, as in `batch × token means`. */
const positionColumns = /^(?:tokens?|positions?|time ?steps?|pixels?)\b/i;
/** Names under which a log may give the number of tokens. */
const tokenCountNames = ['tokens', 'seq_len', 'seqLen', 'sequenceLength', 'sequence_length'];

/** Matrices whose columns are places in the input instead of the layer's features. */
export const tokenColumns: DataCheck = {
  name: 'token-columns',
  question: 'Do columns count tokens instead of features?',
  reason:
    'Averaged over features, a layer leaves one number per token. The dimensionality of that matrix tells how tokens ' +
    'differ, is at most their number, and says nothing of the features that the layer computes.',
  threshold:
    'a matrix that its log describes as `… × tokens` (or positions), or with as many columns as the run has tokens ' +
    'where that is not the width of the layer',
  check({ runs }) {
    const places: Place[] = [];
    let [looked, most] = [0, 0];
    for (const run of runs) {
      for (const layer of run.layers) {
        looked++;
        if (!measuresTokens(layer, run)) continue;
        places.push({ run: run.id, layer: layer.name });
        most = Math.max(most, layer.features ?? 0);
      }
    }
    if (places.length === 0) return [];
    const cap = most > 0 ? `, at most ${most} of them` : '';
    const message =
      `the columns of ${places.length} of ${counted(looked, 'layer')} are tokens, not features${cap} ` +
      `(${someOf(places.map(placeName))}): their metrics tell how tokens differ`;
    return [
      faultIn(places, looked, {
        check: this.name,
        severity: 'warning',
        message,
        value: most > 0 ? most : null,
      }),
    ];
  },
};

function measuresTokens({ pooling, features, kind }: Layer, { family, hyperparameters }: Run): boolean {
  if (pooling !== null) return positionColumns.test(pooling.split('×').at(-1)!.trim());
  if (features === null || family !== 'transformer' || kind === 'classifier') return false;
  const { width } = hyperparameters;
  return features !== width && tokenCountNames.some((name) => hyperparameters[name] === features);
}
