import { claimKind, shareParameter } from '../claim-kind.ts';
import { evaluateConcentration } from '../layer-concentration.ts';
import { familyParameter, layerKindParameter } from '../layer-kind-parameter.ts';

/** The share `claimed` of all jumps (of one family's runs) sits in each network's first layer of the kind `layerKind`. */
export const shareOfJumpsInFirstLayerOfKind = claimKind({
  kind: 'share-of-jumps-in-first-layer-of-kind',
  parameters: {
    family: familyParameter.optional(),
    layerKind: layerKindParameter,
    claimed: shareParameter,
  },
  checks: ['counts-without-exposure', 'events-within-noise', 'constant-metric', 'runs-at-chance'],
  assess: ({ family, layerKind, claimed }, context) => {
    const firsts = context.runs.map(({ layers }) => layers.find(({ kind }) => kind === layerKind)?.name);
    return evaluateConcentration(context, {
      members: context.runs.flatMap((run, i) =>
        firsts[i] !== undefined && (family === undefined || run.family === family) ? [i] : [],
      ),
      meant: (run, { layer }) => layer === firsts[run],
      where: `the first ${layerKind} layer${family === undefined ? '' : ` of ${family} runs`}`,
      claimed,
      notes: [],
    });
  },
});
