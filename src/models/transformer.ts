import { reshape } from '../autodiff/operators/broadcasting.ts';
import { add } from '../autodiff/operators/elementwise.ts';
import { linear } from '../autodiff/operators/matrix-product.ts';
import { meanOver } from '../autodiff/operators/mean.ts';
import { sizeOf, type Tensor } from '../autodiff/tensor.ts';
import { InputError } from '../errors/input-error.ts';
import type { TransformerArchitecture } from './architectures.ts';
import { blockLayers, blockParameters, encoderBlock, layersPerBlock } from './encoder-block.ts';
import { linearParameters } from './linear-module.ts';
import type { Model } from './model.ts';
import { projectedPieces, wordVectors } from './token-entrance.ts';
import { tokenLayer } from './token-layers.ts';
import { unitLayer } from './unit-layer.ts';

/**
 * A transformer encoder: the example becomes tokens, equal pieces of it or words; a learned position vector (`pos_encoder`)
 * is added to each; then PyTorch's `TransformerEncoder`, the mean over tokens, and the Linear `fc`.
 *
 * @throws InputError unless `heads` divides `width`, and dropout is at least 0 and below 1.
 */
export function transformer(
  { width, heads, blocks, dropout = 0.1, vocabulary }: TransformerArchitecture,
  exampleShape: readonly number[],
  classes: number,
): Omit<Model, 'name' | 'parameterCount'> {
  if (width % heads !== 0) {
    throw new InputError({ field: 'heads', value: heads, allowed: `a divisor of ${width}` });
  }
  if (!(dropout >= 0 && dropout < 1)) {
    throw new InputError({ field: 'dropout', value: dropout, allowed: 'at least 0, below 1' });
  }
  const inputs = sizeOf(exampleShape);
  const entrance =
    vocabulary === undefined ? projectedPieces(inputs, width) : wordVectors(inputs, width, vocabulary);
  const { tokens } = entrance;
  const sizes = { tokens, width, heads, dropout };
  const names = Array.from({ length: blocks }, (_, block) => `transformer.layers.${block}`);
  return {
    family: 'transformer',
    exampleShape,
    classes,
    outputShape: [classes],
    vocabulary: vocabulary ?? null,
    parameters: [
      { name: 'pos_encoder', shape: [tokens, width], initial: { kind: 'normal' } },
      ...entrance.parameters,
      ...names.flatMap((name) => blockParameters(name, names[0], sizes)),
      ...linearParameters({ name: 'fc', inputs: width, outputs: classes }),
    ],
    layers: [
      tokenLayer(entrance.name, entrance.kind, 0, tokens, width),
      ...names.flatMap((name, block) => blockLayers(name, sizes, 1 + layersPerBlock * block)),
      unitLayer('fc', 'classifier', 1 + layersPerBlock * blocks, classes),
    ],
    forward: (x, context) => {
      const { parameter } = context;
      const outputs = new Map<string, Tensor>();
      const activated = new Map<string, Tensor>();
      const attention = new Map<string, Tensor>();
      const entered = entrance.enter(x, context);
      outputs.set(entrance.name, entered);
      const batch = x.shape[0];
      let stream = reshape(add(entered, parameter('pos_encoder')), [batch * tokens, width]);
      for (const name of names) {
        const { output, probabilities } = encoderBlock(stream, name, sizes, context, { outputs, activated });
        attention.set(`${name}.self_attn`, probabilities);
        stream = output;
      }
      const meanToken = meanOver(reshape(stream, [batch, tokens, width]), [1], false);
      const logits = linear(meanToken, parameter('fc.weight'), parameter('fc.bias'));
      outputs.set('fc', logits);
      return { logits, outputs, activated, attention };
    },
  };
}
