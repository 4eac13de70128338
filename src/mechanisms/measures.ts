import { determined, undetermined } from '../spectra/determined.ts';
import type { Determined } from '../spectra/types.ts';
import { weightChange } from '../spectra/weight-change.ts';
import { attentionEntropy, attentionSpecialization } from './attention/entropy.ts';
import { headSimilarity } from './attention/head-similarity.ts';
import { attentionDistance, firstTokenScore, previousTokenScore } from './attention/token-scores.ts';
import { type CheckpointReading, type ReadingInRun, readingsInRun } from './checkpoint-reading.ts';
import { filterDrift } from './filters/filter-drift.ts';
import { filterFrequency } from './filters/filter-frequency.ts';
import { filterDiversity, filterOrthogonality } from './filters/filter-similarity.ts';
import { linearCka } from './representations/linear-cka.ts';
import { neuralCollapse } from './representations/neural-collapse.ts';
import { mutualInformation } from './units/mutual-information.ts';
import { discriminability, selectivityIndex } from './units/selectivity.ts';
import { deadUnits, shareBelow, trevesRolls } from './units/sparsity.ts';

/** What a measure is taken of. */
export type MeasureSubject = 'attention' | 'activations' | 'weights';

/** One number for every layer at every checkpoint. */
export interface MechanismMeasure {
  readonly subject: MeasureSubject;
  /** Unit or range in words. */
  readonly unit: string;
  readonly meaning: string;
  /** @param name of the layer, attention module or parameter; the reading has it. */
  readonly of: (reading: ReadingInRun, name: string) => Determined;
}

/** Measures by name; a new one is measured, tabled and tested by standing here. */
export const mechanismMeasures = {
  attention_entropy: ofAttention('0 to 1', 'entropy of the heads over ln(visible tokens), mean', (maps) =>
    meanOf(attentionEntropy(maps, 'relative')),
  ),
  attention_specialization: ofAttention('0 to 1', 'sd of that entropy over the heads', (maps) => {
    const spread = attentionSpecialization(attentionEntropy(maps, 'relative'));
    return spread === null ? undetermined('fewer than two heads') : determined(spread.sd);
  }),
  head_similarity: ofAttention('0 to 1', 'cosine between the patterns of different heads, mean', (maps) =>
    meanOf(headSimilarity(maps).flatMap((row, i) => row.slice(i + 1))),
  ),
  attention_distance: ofAttention('tokens', 'distance that heads look over, mean', (maps) =>
    meanOf(attentionDistance(maps)),
  ),
  previous_token_score: ofAttention(
    '0 to 1',
    'probability on the token before, largest of the heads',
    (maps) => largestOf(previousTokenScore(maps)),
  ),
  first_token_score: ofAttention('0 to 1', 'probability on the first token, largest of the heads', (maps) =>
    largestOf(firstTokenScore(maps)),
  ),
  selectivity_index: ofUnits('0 to 1', 'class selectivity index of the units, mean', (reading, matrix) =>
    meanOf(selectivityIndex({ ...reading, matrix })),
  ),
  discriminability: ofUnits(
    'sd',
    'd′ of the units for the class each answers most, mean',
    (reading, matrix) => meanOf(discriminability({ ...reading, matrix })),
  ),
  mutual_information: ofUnits(
    'nats',
    'information of a unit about the class, bias subtracted, mean',
    (reading, matrix) => meanOf(mutualInformation({ ...reading, matrix })),
  ),
  activation_sparsity: ofUnits('0 to 1', 'share of activations below 0.1 in size', (_, matrix) =>
    shareBelow(matrix),
  ),
  treves_rolls: ofUnits('0 to 1', 'lifetime sparsity of the units, mean', (_, matrix) =>
    meanOf(trevesRolls(matrix)),
  ),
  dead_units: ofUnits('0 to 1', 'share of units that answer no example', (_, matrix) =>
    matrix.columns === 0
      ? undetermined('the layer has no units')
      : determined(deadUnits(matrix).length / matrix.columns),
  ),
  class_variability: ofUnits(
    'ratio',
    'NC1, variability within classes over that between them',
    (reading, matrix) => neuralCollapse({ ...reading, matrix }).variability,
  ),
  class_mean_angles: ofUnits(
    '0 to 2',
    'NC2, how far class means are from a simplex',
    (reading, matrix) => neuralCollapse({ ...reading, matrix }).equiangular,
  ),
  cka_to_first: {
    ...{ subject: 'activations', unit: 'up to 1', meaning: 'debiased linear CKA with the first checkpoint' },
    of: ({ now, first }, name) => linearCka(now.activations.get(name)!, first.activations.get(name)!),
  },
  cka_to_previous: {
    ...{ subject: 'activations', unit: 'up to 1', meaning: 'debiased linear CKA with the checkpoint before' },
    of: ({ now, previous }, name) =>
      previous === null
        ? undetermined(isFirst)
        : linearCka(now.activations.get(name)!, previous.activations.get(name)!),
  },
  filter_orthogonality: ofWeights('0 to 1', '1 − mean |cosine| between the filters', ({ now }, name) =>
    filterOrthogonality(now.weights.get(name)!),
  ),
  filter_diversity: ofWeights(
    '0 to 1',
    'effective directions of the filters over those possible',
    ({ now }, name) => filterDiversity(now.weights.get(name)!),
  ),
  filter_frequency: ofWeights('cycles per pixel', 'spatial frequency of the filters, mean', ({ now }, name) =>
    meanOf(known(filterFrequency(now.weights.get(name)!), 'the filters have one tap, or are zero')),
  ),
  filter_turn: ofWeights(
    '0 to 2',
    '1 − cosine of the filters to the first checkpoint, mean',
    ({ now, first }, name) =>
      meanOf(
        known(
          filterDrift(now.weights.get(name)!, first.weights.get(name)!).map(({ turn }) => turn),
          'the filters are zero',
        ),
      ),
  ),
  weight_change: ofWeights(
    'share',
    '‖change‖ since the first checkpoint over its norm',
    ({ now, first }, name) =>
      weightChange(first.weights.get(name)!.weights, now.weights.get(name)!.weights).relative,
  ),
  weight_step: ofWeights(
    'share',
    '‖change‖ since the checkpoint before over its norm',
    ({ now, previous }, name) =>
      previous === null
        ? undetermined(isFirst)
        : weightChange(previous.weights.get(name)!.weights, now.weights.get(name)!.weights).relative,
  ),
} satisfies Readonly<Record<string, MechanismMeasure>>;

export type MeasureName = keyof typeof mechanismMeasures;

/** One measure of one layer at one checkpoint. */
export interface MechanismValue {
  readonly measure: MeasureName;
  /** The layer, attention module or parameter. */
  readonly subject: string;
  readonly step: number;
  readonly value: Determined;
}

/**
 * Every measure of everything that a run's checkpoints hold, in their order.
 *
 * @param readings of one run, by ascending step.
 */
export function* measureCheckpoints(readings: Iterable<CheckpointReading>): Generator<MechanismValue> {
  const inRun = readingsInRun();
  for (const now of readings) yield* measureCheckpoint(inRun(now));
}

/** Every measure of one checkpoint. */
export function measureCheckpoint(reading: ReadingInRun): MechanismValue[] {
  const names = Object.keys(mechanismMeasures) as MeasureName[];
  return names.flatMap((measure) => {
    const { subject, of }: MechanismMeasure = mechanismMeasures[measure];
    return [...reading.now[subject].keys()].map((name) => ({
      ...{ measure, subject: name, step: reading.now.step },
      value: of(reading, name),
    }));
  });
}

const isFirst = 'it is the first checkpoint';

function ofAttention(
  unit: string,
  meaning: string,
  of: (maps: Parameters<typeof headSimilarity>[0]) => Determined,
): MechanismMeasure {
  return { subject: 'attention', unit, meaning, of: ({ now }, name) => of(now.attention.get(name)!) };
}

function ofUnits(
  unit: string,
  meaning: string,
  of: (reading: CheckpointReading, matrix: Parameters<typeof shareBelow>[0]) => Determined,
): MechanismMeasure {
  return {
    subject: 'activations',
    unit,
    meaning,
    of: ({ now }, name) => of(now, now.activations.get(name)!),
  };
}

function ofWeights(unit: string, meaning: string, of: MechanismMeasure['of']): MechanismMeasure {
  return { subject: 'weights', unit, meaning, of };
}

/** Mean over heads or units that have a value; why there is none where none has. */
function meanOf(parts: readonly Determined[]): Determined {
  const values = parts.flatMap((part) => (part.determined ? [part.value] : []));
  if (values.length === 0) return parts.find((part) => !part.determined) ?? undetermined('there is only one');
  return determined(values.reduce((sum, value) => sum + value, 0) / values.length);
}

function largestOf(parts: readonly Determined[]): Determined {
  const values = parts.flatMap((part) => (part.determined ? [part.value] : []));
  return values.length === 0 ? meanOf(parts) : determined(Math.max(...values));
}

function known(values: readonly (number | null)[], reason: string): Determined[] {
  return values.map((value) => (value === null ? undetermined(reason) : determined(value)));
}
