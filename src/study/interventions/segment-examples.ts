import { takeExamples } from '../../datasets/take-examples.ts';
import type { Dataset } from '../../datasets/types.ts';
import { InputError } from '../../errors/input-error.ts';
import { permutation, type Random } from '../../numerics/random.ts';
import type { SegmentData } from './segments.ts';

/**
 * The examples that a segment trains on.
 *
 * @param data all training examples of the run, as they are.
 * @param random of the run's interventions.
 * @throws InputError if nothing is left, more is asked for than there is, or words would be inverted.
 */
export function segmentExamples(
  data: Dataset,
  { select, labels, inputs, drawnAt }: SegmentData,
  random: Random,
  vocabulary: number | null,
): Dataset {
  if (inputs !== 'original' && vocabulary !== null) {
    throw new InputError({
      field: 'interventions: inputs',
      value: typeof inputs === 'string' ? inputs : 'blank',
      allowed: 'quantities: these are words',
    });
  }
  const drawn = random.fork(drawnAt);
  const selected = selectedFrom(data, select);
  const labeled = labels === 'true' ? selected : { ...selected, labels: relabeled(selected, labels, drawn) };
  if (inputs === 'original') return labeled;
  const changed = inputs === 'inverted' ? inverted(labeled.inputs) : blanked(labeled, inputs.blank);
  return { ...labeled, inputs: changed };
}

function selectedFrom(data: Dataset, select: SegmentData['select']): Dataset {
  if (select === 'all') return data;
  const all = Uint32Array.from({ length: data.count }, (_, id) => id);
  if ('examples' in select) {
    if (select.examples > data.count) {
      const field = 'interventions: data.examples';
      throw new InputError({
        field,
        value: select.examples,
        allowed: `at most the ${data.count} that are trained on`,
      });
    }
    return takeExamples(data, all.subarray(0, select.examples));
  }
  const { classes } = select;
  const ids = all.filter((id) => classes.includes(data.labels[id]));
  if (ids.length === 0) {
    const field = 'interventions: data.classes';
    throw new InputError({
      field,
      value: classes,
      allowed: `classes of the training examples, below ${data.classes}`,
    });
  }
  return takeExamples(data, ids);
}

/** `permuted`: the classes change names in one cycle, so that none keeps its own. `shuffled`: labels change places. */
function relabeled({ labels, classes }: Dataset, how: 'permuted' | 'shuffled', random: Random): Uint8Array {
  if (how === 'shuffled') {
    const order = permutation(labels.length, random);
    return labels.map((_, i) => labels[order[i]]);
  }
  const cycle = permutation(classes, random);
  const next = new Uint8Array(classes);
  cycle.forEach((label, i) => {
    next[label] = cycle[(i + 1) % classes];
  });
  return labels.map((label) => next[label]);
}

/** 0 in place of the numbers from `first` to `last` of every example. */
function blanked({ inputs, count }: Dataset, [first, last]: readonly [number, number]): Float32Array {
  const size = inputs.length / count;
  return inputs.map((value, i) => (i % size >= first && i % size <= last ? 0 : value));
}

function inverted(inputs: Float32Array): Float32Array {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of inputs) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return inputs.map((value) => low + high - value);
}
