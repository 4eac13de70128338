import { determined, undetermined } from '../../spectra/determined.ts';
import type { Matrix } from '../../spectra/types.ts';
import type { CheckpointReading } from '../checkpoint-reading.ts';
import type { Measures } from '../measure.ts';
import type { MeasuredValue } from '../measured-value.ts';
import { meanOf } from '../over-parts.ts';
import { mutualInformation } from './mutual-information.ts';
import { discriminability, selectivityIndex } from './selectivity.ts';
import { deadUnits, shareBelow, trevesRolls } from './sparsity.ts';

/** What the units of a layer answer. */
export const unitMeasures = {
  selectivity_index: {
    ...ofLayer('0 to 1', 'class selectivity index of the units, mean'),
    of: measured((matrix, reading) => meanOf(selectivityIndex({ ...reading, matrix }))),
  },
  discriminability: {
    ...ofLayer('sd', 'd′ of the units for the class each answers most, mean'),
    of: measured((matrix, reading) => meanOf(discriminability({ ...reading, matrix }))),
  },
  mutual_information: {
    ...ofLayer('nats', 'information of a unit about the class, bias subtracted, mean'),
    of: measured((matrix, reading) => meanOf(mutualInformation({ ...reading, matrix }))),
  },
  activation_sparsity: {
    ...ofLayer('0 to 1', 'share of activations below 0.1 in size'),
    of: measured((matrix) => shareBelow(matrix)),
  },
  treves_rolls: {
    ...ofLayer('0 to 1', 'lifetime sparsity of the units, mean'),
    of: measured((matrix) => meanOf(trevesRolls(matrix))),
  },
  dead_units: {
    ...ofLayer('0 to 1', 'share of units that answer no example'),
    of: measured((matrix) => {
      if (matrix.columns === 0) return undetermined('the layer has no units');
      if (!matrix.data.every(Number.isFinite)) return undetermined('an activation is not finite');
      return determined(deadUnits(matrix).length / matrix.columns);
    }),
  },
} satisfies Measures<'activations'>;

function ofLayer(unit: string, meaning: string) {
  return { subject: 'activations', unit, meaning, tracked: true } as const;
}

function measured(of: (matrix: Matrix, reading: CheckpointReading) => MeasuredValue) {
  return ({ now }: { readonly now: CheckpointReading }, name: string) => of(now.activations.get(name)!, now);
}
