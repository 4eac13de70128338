import type { LayerKind } from '../../measurements/types.ts';
import { counted, someOf } from '../../wording/sentences.ts';
import { faultIn, type Place, placeName } from './fault.ts';
import type { DataCheck } from './types.ts';

/** What the words of a label can mean, most telling first: the first that matches decides. */
const vocabulary: readonly { readonly words: RegExp; readonly kinds: readonly LayerKind[] }[] = [
  { words: /attention.*(output|projection)|out[_ ]?proj/i, kinds: ['attention-output'] },
  { words: /attention/i, kinds: ['attention-head', 'attention-output'] },
  { words: /feed[- ]?forward|\bffn\b/i, kinds: ['feed-forward-in', 'feed-forward-out', 'linear'] },
  { words: /convolution|\bconv/i, kinds: ['convolution'] },
  { words: /input[- _]?proj/i, kinds: ['input-projection'] },
  { words: /embedding/i, kinds: ['embedding', 'input-projection'] },
  { words: /classifier|logits/i, kinds: ['classifier'] },
];

/** Layers that are called something that they are not. */
export const labelContradictsKind: DataCheck = {
  name: 'label-contradicts-kind',
  question: 'Is a layer called something that it is not?',
  reason: 'A finding about one kind of layer is read as one about another, with another mechanism behind it.',
  threshold: 'a label whose words name other kinds of layer than the network’s definition gives',
  check({ runs, layerLabels = [] }) {
    return layerLabels.flatMap(({ run, layer, label }) => {
      const kinds = vocabulary.find(({ words }) => words.test(label))?.kinds;
      if (kinds === undefined) return [];
      const named = runs.flatMap(({ id, layers }) =>
        run === null || run === id
          ? layers
              .filter(({ name, kind }) => name === layer && kind !== 'unknown')
              .map(({ kind }) => ({ id, kind }))
          : [],
      );
      const wrong = named.filter(({ kind }) => !kinds.includes(kind));
      if (wrong.length === 0) return [];
      const places = wrong.map(({ id }): Place => ({ run: id, layer }));
      const message =
        `${layer} is called “${label}”, but is ${someOf(wrong.map(({ kind }) => kind))} in ${wrong.length} of ` +
        `${counted(named.length, 'run')} (${someOf(places.map(placeName))})`;
      return [faultIn(places, named.length, { check: this.name, severity: 'error', message })];
    });
  },
};
