import { sizeOf } from '../autodiff/tensor.ts';
import { InputError } from '../errors/input-error.ts';
import { type Architecture, architectures } from './architectures.ts';
import { autoencoder } from './autoencoder.ts';
import { cnn } from './cnn.ts';
import { decoder } from './decoder.ts';
import { mlp } from './mlp.ts';
import type { Model } from './model.ts';
import type { ModelInput } from './model-input.ts';
import { transformer } from './transformer.ts';

export type { ModelInput } from './model-input.ts';

/**
 * A network for examples of a given shape.
 *
 * @param architecture one of the sixteen names of `architectures`, or sizes of one's own.
 * @throws InputError for an unknown name, sizes that are no positive integers, or examples the family cannot take.
 * @example
 * createModel('mlp_narrow', { exampleShape: [1, 28, 28], classes: 10 }).parameterCount; // 28618
 */
export function createModel(architecture: string | Architecture, input: ModelInput): Model {
  const { exampleShape, classes, name, everyPosition = false } = input;
  const chosen = typeof architecture === 'string' ? lookUp(architecture) : architecture;
  assertSizes('exampleShape', exampleShape);
  assertSizes('classes', [classes]);
  const network = build(chosen, input);
  if (everyPosition !== network.outputShape.length > 1) {
    const allowed = everyPosition
      ? 'a decoder: the data ask for an answer at every position'
      : 'another family: the data ask for one answer an example';
    throw new InputError({ field: 'family', value: chosen.family, allowed });
  }
  return {
    ...network,
    name: name ?? (typeof architecture === 'string' ? architecture : chosen.family),
    parameterCount: network.parameters.reduce((total, { shape }) => total + sizeOf(shape), 0),
  };
}

function lookUp(name: string): Architecture {
  const found = Object.hasOwn(architectures, name) ? architectures[name] : undefined;
  if (found === undefined) {
    throw new InputError({
      field: 'architecture',
      value: name,
      allowed: Object.keys(architectures).join(', '),
    });
  }
  return found;
}

function build(architecture: Architecture, input: ModelInput) {
  const { exampleShape, classes } = input;
  switch (architecture.family) {
    case 'mlp':
      assertSizes('hidden', architecture.hidden);
      assertSizes('paths', [architecture.paths ?? 1]);
      assertSizes('embedding', [architecture.embedding ?? 1]);
      return mlp(architecture, input);
    case 'decoder':
      assertSizes('width', [architecture.width]);
      assertSizes('heads', [architecture.heads]);
      assertSizes('blocks', [architecture.blocks]);
      return decoder(architecture, input);
    case 'autoencoder':
      assertSizes('hidden', [architecture.hidden]);
      return autoencoder(architecture, input);
    case 'cnn':
      if (architecture.channels.length === 0) {
        throw new InputError({ field: 'channels', value: '[]', allowed: 'at least one stage' });
      }
      assertSizes('channels', architecture.channels);
      return cnn(architecture, exampleShape, classes);
    case 'transformer':
      assertSizes('width', [architecture.width]);
      assertSizes('heads', [architecture.heads]);
      assertSizes('blocks', [architecture.blocks]);
      if (architecture.vocabulary !== undefined) assertSizes('vocabulary', [architecture.vocabulary]);
      return transformer(architecture, exampleShape, classes);
  }
}

function assertSizes(field: string, sizes: readonly number[]): void {
  for (const size of sizes) {
    if (!Number.isInteger(size) || size < 1)
      throw new InputError({ field, value: size, allowed: 'positive integers' });
  }
}
