import { sizeOf } from '../autodiff/tensor.ts';
import { InputError } from '../errors/input-error.ts';
import { type Architecture, architectures } from './architectures.ts';
import { cnn } from './cnn.ts';
import { mlp } from './mlp.ts';
import type { Model } from './model.ts';
import { transformer } from './transformer.ts';

export interface ModelInput {
  /** The shape of one example, e.g. `[1, 28, 28]`. */
  readonly exampleShape: readonly number[];
  readonly classes: number;
  /** What to call the network; the architecture's name if that has one. */
  readonly name?: string;
}

/**
 * A network for examples of a given shape.
 *
 * @param architecture one of the sixteen names of `architectures`, or sizes of one's own.
 * @throws InputError for an unknown name, sizes that are no positive integers, or examples the family cannot take.
 * @example
 * createModel('mlp_narrow', { exampleShape: [1, 28, 28], classes: 10 }).parameterCount; // 28618
 */
export function createModel(
  architecture: string | Architecture,
  { exampleShape, classes, name }: ModelInput,
): Model {
  const chosen = typeof architecture === 'string' ? lookUp(architecture) : architecture;
  assertSizes('exampleShape', exampleShape);
  assertSizes('classes', [classes]);
  const network = build(chosen, exampleShape, classes);
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

function build(architecture: Architecture, exampleShape: readonly number[], classes: number) {
  switch (architecture.family) {
    case 'mlp':
      assertSizes('hidden', architecture.hidden);
      return mlp(architecture, exampleShape, classes);
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
