import { reshape } from '../autodiff/operators/broadcasting.ts';
import { add } from '../autodiff/operators/elementwise.ts';
import { embedding } from '../autodiff/operators/embedding.ts';
import { linear } from '../autodiff/operators/matrix-product.ts';
import { split } from '../autodiff/operators/rearrangement.ts';
import { sizeOf, type Tensor } from '../autodiff/tensor.ts';
import { InputError } from '../errors/input-error.ts';
import type { DecoderArchitecture } from './architectures.ts';
import { decoderBlock, decoderBlockLayers, decoderBlockParameters, layersPerBlock } from './decoder-block.ts';
import { weightsBy } from './initial-weights.ts';
import type { ModelLayer } from './layer.ts';
import type { Model, Parameter } from './model.ts';
import type { ModelInput } from './model-input.ts';
import { nonlinearities } from './nonlinearity.ts';
import { normalized, normParameters } from './norm-module.ts';
import { tokenLayer } from './token-layers.ts';
import { unitLayer } from './unit-layer.ts';

/** Deviation of all weights unless the study file says otherwise, as in GPT-2 (Radford et al. 2019). */
const usualStart = { sd: 0.02 };

/**
 * A causal transformer over tokens, as language models are: each token sees itself and those before it. It answers at every
 * position, or at the last one, as the data ask. Blocks are x + attention(norm(x)), then x + feed-forward(norm(x)).
 *
 * @throws InputError unless the examples are tokens, and `heads` divides `width`, evenly for rotary positions.
 */
export function decoder(
  architecture: DecoderArchitecture,
  { exampleShape, classes, vocabulary = null, everyPosition = false }: ModelInput,
): Omit<Model, 'name' | 'parameterCount'> {
  const { width, heads, blocks, positions = 'learned', tied = false } = architecture;
  const { bias = true, layerNorm = true, initial = usualStart, nonlinearity = 'gelu' } = architecture;
  if (vocabulary === null) {
    throw new InputError({
      field: 'family',
      value: 'decoder',
      allowed: 'another family: the examples are quantities, not tokens',
    });
  }
  if (width % heads !== 0 || (positions === 'rotary' && (width / heads) % 2 !== 0)) {
    const allowed = `a divisor of ${width}${positions === 'rotary' ? ' that leaves each head an even width' : ''}`;
    throw new InputError({ field: 'heads', value: heads, allowed });
  }
  if (tied && vocabulary !== classes) {
    throw new InputError({ field: 'tied', value: 'true', allowed: 'data whose answers are tokens too' });
  }
  const tokens = sizeOf(exampleShape);
  const sizes = {
    ...{
      tokens,
      width,
      heads,
      positions,
      bias,
      layerNorm,
      initial,
      nonlinearity: nonlinearities[nonlinearity],
    },
    feedForward: architecture.feedForward ?? 4 * width,
    outputProjection: architecture.outputProjection ?? true,
    positionSd: architecture.positionSd ?? usualStart.sd,
  };
  const names = Array.from({ length: blocks }, (_, block) => `blocks.${block}`);
  const readout: Parameter = {
    name: 'readout.weight',
    shape: [classes, width],
    initial:
      architecture.readoutSd === undefined
        ? weightsBy(initial, width, classes)
        : { kind: 'normal', sd: architecture.readoutSd },
  };
  const answers = everyPosition
    ? { ...tokenLayer('readout', 'classifier', 1 + layersPerBlock * blocks, tokens, classes), standard: true }
    : unitLayer('readout', 'classifier', 1 + layersPerBlock * blocks, classes);
  return {
    family: 'decoder',
    exampleShape,
    classes,
    outputShape: everyPosition ? [tokens, classes] : [classes],
    vocabulary,
    parameters: [
      { name: 'embedding.weight', shape: [vocabulary, width], initial: weightsBy(initial, width, width) },
      ...(positions === 'learned'
        ? [
            {
              name: 'positions',
              shape: [tokens, width],
              initial: { kind: 'normal', sd: sizes.positionSd },
            } as const,
          ]
        : []),
      ...names.flatMap((name) => decoderBlockParameters(name, sizes)),
      ...(layerNorm ? normParameters('norm', width) : []),
      ...(tied ? [] : [readout]),
    ],
    layers: [
      tokenLayer('embedding', 'embedding', 0, tokens, width),
      ...names.flatMap((name, block): ModelLayer[] =>
        decoderBlockLayers(name, sizes, 1 + layersPerBlock * block),
      ),
      answers,
    ],
    forward: (x, context) => {
      const { parameter } = context;
      const batch = x.shape[0];
      const outputs = new Map<string, Tensor>();
      const activated = new Map<string, Tensor>();
      const attention = new Map<string, Tensor>();
      const looked = embedding(parameter('embedding.weight'), reshape(x, [batch, tokens]));
      const entered = positions === 'learned' ? add(looked, parameter('positions')) : looked;
      outputs.set('embedding', entered);
      let stream = reshape(entered, [batch * tokens, width]);
      for (const name of names) {
        const { output, probabilities } = decoderBlock(stream, name, sizes, context, { outputs, activated });
        attention.set(`${name}.attention`, probabilities);
        stream = output;
      }
      const read = everyPosition ? stream : lastToken(stream, batch, tokens);
      const rows = layerNorm ? normalized(read, 'norm', context) : read;
      const flat = linear(rows, parameter(tied ? 'embedding.weight' : 'readout.weight'));
      const logits = everyPosition ? reshape(flat, [batch, tokens, classes]) : flat;
      outputs.set('readout', logits);
      return { logits, outputs, activated, attention };
    },
  };
}

/** `[batch · tokens, width]` → `[batch, width]`. */
function lastToken(stream: Tensor, batch: number, tokens: number): Tensor {
  const width = stream.shape[1];
  if (tokens === 1) return stream;
  const [, last] = split(reshape(stream, [batch, tokens, width]), [tokens - 1, 1], 1);
  return reshape(last, [batch, width]);
}
