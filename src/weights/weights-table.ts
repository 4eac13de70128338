import type { Determined } from '../spectra/types.ts';
import { type Column, type Table, table } from '../tables/table.ts';
import type { MeasuredCheckpoint, MeasuredMatrix } from './measure-checkpoint.ts';

/** A measured checkpoint: what was examined, and what in it was left out. */
export interface ExaminedCheckpoint extends MeasuredCheckpoint {
  /** As the user named it. */
  readonly checkpoint: string;
  readonly step: number | null;
  /** By the reason, names of what is no weight matrix. */
  readonly skipped: ReadonlyMap<string, readonly string[]>;
}

interface Row extends MeasuredMatrix {
  readonly checkpoint: string;
  readonly step: number | null;
}

const numberOf = (value: Determined): number | null => (value.determined ? value.value : null);
const squared = 'squared unit of the weights';

const columns: readonly Column<Row>[] = [
  {
    name: 'checkpoint',
    type: 'text',
    meaning: 'the file or folder as it was named',
    of: ({ checkpoint }) => checkpoint,
  },
  {
    name: 'step',
    type: 'integer',
    unit: 'training steps',
    meaning: 'the training step that the file or its name says',
    of: ({ step }) => step,
  },
  {
    name: 'matrix',
    type: 'text',
    meaning: 'the parameter, with its part where it holds several',
    of: ({ name }) => name,
  },
  { name: 'type', type: 'text', meaning: 'element type in the file', of: ({ type }) => type },
  { name: 'rows', type: 'integer', meaning: 'extent of the first axis', of: ({ rows }) => rows },
  { name: 'columns', type: 'integer', meaning: 'product of the later axes', of: (row) => row.columns },
  {
    name: 'stable_rank',
    type: 'number',
    meaning: '‖W‖²_F / σ₁²',
    of: ({ stableRank }) => numberOf(stableRank),
  },
  {
    name: 'effective_rank',
    type: 'number',
    meaning: 'exponential of the entropy of the singular values',
    of: ({ effectiveRank }) => numberOf(effectiveRank),
  },
  {
    name: 'spectral_norm',
    type: 'number',
    unit: 'unit of the weights',
    meaning: 'σ₁',
    of: ({ spectralNorm }) => spectralNorm,
  },
  {
    name: 'frobenius_norm',
    type: 'number',
    unit: 'unit of the weights',
    meaning: 'root of the sum of squares',
    of: ({ frobeniusNorm }) => frobeniusNorm,
  },
  {
    name: 'alpha',
    type: 'number',
    meaning: "tail exponent by WeightWatcher's choices",
    of: ({ tail }) => (tail.determined ? tail.exponent : null),
  },
  {
    name: 'alpha_error',
    type: 'number',
    meaning: '(α − 1)/√n',
    of: ({ tail }) => (tail.determined ? tail.standardError : null),
  },
  {
    name: 'xmin',
    type: 'number',
    unit: squared,
    meaning: 'smallest eigenvalue of the tail',
    of: ({ tail }) => (tail.determined ? tail.from : null),
  },
  {
    name: 'tail_size',
    type: 'integer',
    meaning: 'n, eigenvalues in the tail',
    of: ({ tail }) => (tail.determined ? tail.tail : null),
  },
  {
    name: 'tail_distance',
    type: 'number',
    unit: '0 to 1',
    meaning: 'distance between the tail and its power law',
    of: ({ tail }) => (tail.determined ? tail.distance : null),
  },
  {
    name: 'alpha_strict',
    type: 'number',
    meaning: 'tail exponent of ten eigenvalues or more, distance on both sides',
    of: ({ strictTail }) => (strictTail.determined ? strictTail.exponent : null),
  },
  {
    name: 'mp_edge',
    type: 'number',
    unit: squared,
    meaning: 'upper edge of the Marchenko-Pastur law fitted to the bulk',
    of: ({ bulk }) => bulk?.edge,
  },
  {
    name: 'spikes',
    type: 'integer',
    meaning: 'eigenvalues beyond the edge and its 99 % sampling spread',
    of: ({ bulk }) => bulk?.spikes,
  },
  {
    name: 'twin_largest',
    type: 'number',
    unit: squared,
    meaning: 'largest eigenvalue of the randomized twin',
    of: ({ twin }) => twin?.largest,
  },
  {
    name: 'beyond_twin',
    type: 'integer',
    meaning: "eigenvalues above all of the twin's",
    of: ({ twin }) => twin?.beyond,
  },
  {
    name: 'traps',
    type: 'integer',
    meaning: "correlation traps: the twin's eigenvalues beyond its own bulk",
    of: ({ twin }) => twin?.traps,
  },
  {
    name: 'twin_distance',
    type: 'number',
    unit: '0 to 1',
    meaning: 'Kolmogorov-Smirnov distance from the twin',
    of: ({ twin }) => twin?.distance,
  },
  {
    name: 'label',
    type: 'text',
    meaning: 'over-trained, well-trained, under-trained, or not determined',
    of: ({ training }) => training.label,
  },
  {
    name: 'label_rests_on',
    type: 'text',
    meaning: 'what the label rests on',
    of: ({ training }) => training.restsOn,
  },
  {
    name: 'undetermined',
    type: 'text',
    meaning: 'why there are no singular values',
    of: ({ spectrum }) => spectrum.undetermined,
  },
];

/** One row per matrix and checkpoint. */
export function weightsTable(checkpoints: readonly Omit<ExaminedCheckpoint, 'skipped'>[]): Table {
  return table('weights', 'one weight matrix of one checkpoint', columns, function* () {
    for (const { checkpoint, step, matrices } of checkpoints) {
      for (const matrix of matrices) yield { ...matrix, checkpoint, step };
    }
  });
}
