import { undetermined } from '../../spectra/determined.ts';
import { isFirst, type Measures } from '../measure.ts';
import { oncePerReading } from '../once-per-reading.ts';
import { checkLabeled } from '../units/labeled-activations.ts';
import { probeOfGram } from './linear-probe.ts';
import { neuralCollapse } from './neural-collapse.ts';
import { ckaOfKernels, debiasedKernel, sampleGram } from './sample-kernel.ts';

const collapse = oncePerReading((reading, name) =>
  neuralCollapse({ ...reading, matrix: reading.activations.get(name)! }),
);
const gram = oncePerReading(({ activations }, name) => sampleGram(activations.get(name)!, `layer ${name}`));
const kernel = oncePerReading((reading, name) => debiasedKernel(gram(reading, name)));

/** How the examples lie to one another in a layer. */
export const representationMeasures = {
  class_variability: {
    ...ofLayer('ratio', 'NC1, variability within classes over that between them', true),
    of: ({ now }, name) => collapse(now, name).variability,
  },
  class_mean_angles: {
    ...ofLayer('0 to 2', 'NC2, how far class means are from a simplex', true),
    of: ({ now }, name) => collapse(now, name).equiangular,
  },
  linear_probe: {
    ...ofLayer('0 to 1', 'accuracy of a ridge classifier on examples left out of its fit', false),
    of: ({ now }, name) => {
      const activations = { ...now, matrix: now.activations.get(name)! };
      checkLabeled(activations);
      return probeOfGram(activations, gram(now, name));
    },
  },
  cka_to_first: {
    ...ofLayer('up to 1', 'debiased linear CKA with the first checkpoint', false),
    of: ({ now, first }, name) => ckaOfKernels(kernel(now, name), kernel(first, name)),
  },
  cka_to_previous: {
    ...ofLayer('up to 1', 'debiased linear CKA with the checkpoint before', false),
    of: ({ now, previous }, name) =>
      previous === null ? undetermined(isFirst) : ckaOfKernels(kernel(now, name), kernel(previous, name)),
  },
} satisfies Measures<'activations'>;

function ofLayer(unit: string, meaning: string, tracked: boolean) {
  return { subject: 'activations', unit, meaning, tracked } as const;
}
