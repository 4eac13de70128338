import { claimKind, shareParameter } from '../claim-kind.ts';
import { evaluateConcentration } from '../layer-concentration.ts';
import { familyParameter, layerKindParameter } from '../layer-kind-parameter.ts';

/**
 * The share `claimed` of all jumps (of one family's runs) sits in layers of the kind `layerKind`. Where the claim was made
 * of layers that it takes for that kind while the network's definition says otherwise, `measuredKind` names what they are.
 */
export const shareOfJumpsInKind = claimKind({
  kind: 'share-of-jumps-in-kind',
  parameters: {
    family: familyParameter.optional(),
    layerKind: layerKindParameter,
    measuredKind: layerKindParameter.optional(),
    claimed: shareParameter,
  },
  checks: [
    'label-contradicts-kind',
    'events-within-noise',
    'constant-metric',
    'token-columns',
    'runs-at-chance',
  ],
  assess: ({ family, layerKind, measuredKind, claimed }, context) => {
    const members = context.runs.flatMap((run, i) =>
      family === undefined || run.family === family ? [i] : [],
    );
    const layers = members.flatMap((i) => context.runs[i].layers);
    const ofKind = layers.filter(({ kind }) => kind === layerKind).length;
    const looked = ofKind === 0 && measuredKind !== undefined ? measuredKind : layerKind;
    const notes =
      ofKind === 0
        ? [
            `None of the ${layers.length} measured layers is of kind ${layerKind}${looked === layerKind ? whichThereAre(layers) : `; the claim is about layers of kind ${looked}, which it mislabels`}.`,
          ]
        : [];
    return evaluateConcentration(context, {
      members,
      meant: (_, { kind }) => kind === looked,
      where: `${looked} layers${family === undefined ? '' : ` of ${family} runs`}`,
      claimed,
      notes,
    });
  },
});

/** For a kind that was misspelt. */
function whichThereAre(layers: readonly { readonly kind: string }[]): string {
  const kinds = [...new Set(layers.map(({ kind }) => kind))].sort();
  if (kinds.length === 0) return '';
  const shown = kinds.slice(0, 8).join(', ');
  return `; they are of ${shown}${kinds.length > 8 ? ' and others' : ''}`;
}
