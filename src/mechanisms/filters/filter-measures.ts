import { undetermined } from '../../spectra/determined.ts';
import { weightChange } from '../../spectra/weight-change.ts';
import type { CheckpointReading } from '../checkpoint-reading.ts';
import { isFirst, type Measures } from '../measure.ts';
import type { MeasuredValue } from '../measured-value.ts';
import { oncePerReading } from '../once-per-reading.ts';
import { known, meanOf } from '../over-parts.ts';
import type { FilterBank } from './filter-bank.ts';
import { filterDrift } from './filter-drift.ts';
import { filterFrequency } from './filter-frequency.ts';
import { diversityOf, filterCosines, orthogonalityOf } from './filter-similarity.ts';

const cosines = oncePerReading(({ weights }, name) => filterCosines(weights.get(name)!));

/** What the filters of a convolution, or the rows of any weight matrix, are like and how they moved. */
export const filterMeasures = {
  filter_orthogonality: {
    ...ofWeights('0 to 1', '1 − mean |cosine| between the filters', true),
    of: ({ now }, name) => orthogonalityOf(cosines(now, name)),
  },
  filter_diversity: {
    ...ofWeights('0 to 1', 'effective directions of the filters over those possible', true),
    of: ({ now }, name) => diversityOf(cosines(now, name)),
  },
  filter_frequency: {
    ...ofWeights('cycles per pixel', 'spatial frequency of the filters, mean', true),
    of: banked((bank) => meanOf(known(filterFrequency(bank), 'the filters have one tap, or are zero'))),
  },
  filter_turn: {
    ...ofWeights('0 to 2', '1 − cosine of the filters to the first checkpoint, mean', false),
    of: ({ now, first }, name) => {
      const drift = filterDrift(now.weights.get(name)!, first.weights.get(name)!);
      return meanOf(
        known(
          drift.map(({ turn }) => turn),
          'the filters are zero',
        ),
      );
    },
  },
  weight_change: {
    ...ofWeights('share', '‖change‖ since the first checkpoint over its norm', false),
    of: ({ now, first }, name) => relativeChange(first, now, name),
  },
  weight_step: {
    ...ofWeights('share', '‖change‖ since the checkpoint before over its norm', false),
    of: ({ now, previous }, name) =>
      previous === null ? undetermined(isFirst) : relativeChange(previous, now, name),
  },
} satisfies Measures<'weights'>;

function ofWeights(unit: string, meaning: string, tracked: boolean) {
  return { subject: 'weights', unit, meaning, tracked } as const;
}

function banked(of: (bank: FilterBank) => MeasuredValue) {
  return ({ now }: { readonly now: CheckpointReading }, name: string) => of(now.weights.get(name)!);
}

function relativeChange(from: CheckpointReading, to: CheckpointReading, name: string): MeasuredValue {
  return weightChange(from.weights.get(name)!.weights, to.weights.get(name)!.weights).relative;
}
