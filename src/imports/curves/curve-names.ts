import { InputError } from '../../errors/input-error.ts';
import { metricNames } from '../../spectra/metrics.ts';

/** What of a layer a name may end or begin with, beside the metrics that are computed here. */
const layerMetrics: ReadonlySet<string> = new Set([
  ...metricNames.flatMap((name) => [name, `${name}.raw`, `${name}.logged`]),
  'effective_rank',
  'erank',
  'spectral_norm',
  'frobenius_norm',
  'weight_norm',
  'condition_number',
  'tail_exponent',
  'sparsity',
]);
/** Parts of the data, not of a network. */
const splits = /^(?:train|training|val|valid|validation|test|eval|evaluation|epoch|step)$/i;
const separators = ['/', '.', ':', ' ', '_'];

export interface NameParts {
  readonly layer: string | null;
  readonly metric: string;
}

/**
 * Which layer a column is of, and what of it. Without a template, a name is of a layer where it begins or ends with a known
 * metric: `network.0/stable_rank`, `stable_rank/network.0`, `fc1_participation_ratio`.
 *
 * @param template with `{layer}` and `{metric}`, e.g. `{metric}@{layer}`; a name that does not fit it is of no layer.
 * @throws InputError if the template has not both, once each.
 */
export function curveNames(template?: string): (name: string) => NameParts {
  if (template === undefined) return knownParts;
  const parts = template.split(/\{(layer|metric)\}/);
  if (parts.length !== 5 || parts[1] === parts[3] || parts[2] === '') {
    const allowed = 'a pattern with {layer} and {metric}, once each, and something between them';
    throw new InputError({ field: '--names', value: template, allowed });
  }
  const [before, first, between, , after] = parts;
  return (name) => {
    const inner = name.slice(before.length, name.length - after.length);
    // The metric is the part without the separator in it: layers are nested, metrics are not.
    const at = first === 'layer' ? inner.lastIndexOf(between) : inner.indexOf(between);
    if (!name.startsWith(before) || !name.endsWith(after) || at <= 0) return { layer: null, metric: name };
    const [one, two] = [inner.slice(0, at), inner.slice(at + between.length)];
    if (two === '') return { layer: null, metric: name };
    return first === 'layer' ? { layer: one, metric: two } : { layer: two, metric: one };
  };
}

function knownParts(name: string): NameParts {
  for (const separator of separators) {
    for (let at = name.indexOf(separator); at > 0; at = name.indexOf(separator, at + 1)) {
      const [before, after] = [name.slice(0, at), name.slice(at + separator.length)];
      if (after === '') continue;
      if (layerMetrics.has(after.toLowerCase()) && !splits.test(before)) {
        return { layer: before, metric: after.toLowerCase() };
      }
      if (layerMetrics.has(before.toLowerCase()) && !splits.test(after) && after.toLowerCase() !== 'raw') {
        return { layer: after, metric: before.toLowerCase() };
      }
    }
  }
  return { layer: null, metric: name };
}

/** What a network's own curve is, where its name says so. */
export type ScalarMeaning = 'loss' | 'gradientNorm' | 'accuracy' | null;

const meanings: readonly (readonly [Exclude<ScalarMeaning, null>, readonly string[]])[] = [
  [
    'loss',
    ['loss', 'train_loss', 'train/loss', 'training_loss', 'train.loss', 'loss/train', 'train_loss_step'],
  ],
  ['gradientNorm', ['grad_norm', 'gradient_norm', 'train/grad_norm', 'gradnorm']],
  [
    'accuracy',
    [
      'val_accuracy',
      'val_acc',
      'val/accuracy',
      'val/acc',
      'eval_accuracy',
      'eval/accuracy',
      'test_accuracy',
      'test_acc',
      'accuracy',
    ],
  ],
];

/** The surest name of each meaning among these. */
export function scalarMeanings(names: readonly string[]): ReadonlyMap<string, ScalarMeaning> {
  const lower = names.map((name) => name.toLowerCase());
  const found = new Map<string, ScalarMeaning>();
  for (const [meaning, known] of meanings) {
    const name = known.find((candidate) => lower.includes(candidate));
    if (name !== undefined) found.set(names[lower.indexOf(name)], meaning);
  }
  return found;
}
