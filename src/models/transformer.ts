import { add, relu } from '../autodiff/operators/elementwise.ts';
import { layerNorm } from '../autodiff/operators/layer-norm.ts';
import { linear } from '../autodiff/operators/matrix-product.ts';
import { reshape } from '../autodiff/operators/rearrangement.ts';
import { meanOver } from '../autodiff/operators/reductions.ts';
import { sizeOf, type Tensor } from '../autodiff/tensor.ts';
import { InputError } from '../errors/input-error.ts';
import type { TransformerArchitecture } from './architectures.ts';
import { attention } from './attention.ts';
import type { LayerKind, ModelLayer } from './layer.ts';
import { linearParameters } from './linear-module.ts';
import type { ForwardContext, Model, Parameter } from './model.ts';
import { unitLayer } from './unit-layer.ts';

/** Tokens that the published study aimed at. */
const wantedTokens = 16;
const feedForwardFactor = 4;
const layersPerBlock = 4;

/**
 * A transformer encoder: the example is cut into equal tokens, each projected (`input_proj`) and given a learned position
 * vector (`pos_encoder`); then PyTorch's `TransformerEncoder` (post-norm, ReLU, feed-forward 4 · width), the mean over
 * tokens, and the Linear `fc`.
 *
 * @throws InputError unless `heads` divides `width`, and dropout is at least 0 and below 1.
 */
export function transformer(
  { width, heads, blocks, dropout = 0.1 }: TransformerArchitecture,
  exampleShape: readonly number[],
  classes: number,
): Omit<Model, 'name' | 'parameterCount'> {
  if (width % heads !== 0)
    throw new InputError({ field: 'heads', value: heads, allowed: `a divisor of ${width}` });
  if (!(dropout >= 0 && dropout < 1)) {
    throw new InputError({ field: 'dropout', value: dropout, allowed: 'at least 0, below 1' });
  }
  const inputs = sizeOf(exampleShape);
  const tokens = tokenCount(inputs);
  const projection = { name: 'input_proj', inputs: inputs / tokens, outputs: width };
  const classifier = { name: 'fc', inputs: width, outputs: classes };
  const names = Array.from({ length: blocks }, (_, block) => `transformer.layers.${block}`);
  const hidden = feedForwardFactor * width;

  const blockLayers = (name: string, block: number): ModelLayer[] => {
    const depth = 1 + layersPerBlock * block;
    const layer = (module: string, kind: LayerKind, place: number, features: number) =>
      tokenLayer(`${name}.${module}`, kind, depth + place, tokens, features);
    return [
      ...Array.from({ length: heads }, (_, head) =>
        layer(`self_attn.heads.${head}`, 'attention-head', 0, width / heads),
      ),
      layer('self_attn.out_proj', 'attention-output', 1, width),
      layer('linear1', 'feed-forward-in', 2, hidden),
      layer('linear2', 'feed-forward-out', 3, width),
    ];
  };

  return {
    family: 'transformer',
    exampleShape,
    classes,
    parameters: [
      { name: 'pos_encoder', shape: [tokens, width], initial: { kind: 'normal' } },
      ...linearParameters(projection),
      ...names.flatMap((name) => blockParameters(name, names[0], width, hidden)),
      ...linearParameters(classifier),
    ],
    layers: [
      tokenLayer('input_proj', 'input-projection', 0, tokens, width),
      ...names.flatMap(blockLayers),
      unitLayer('fc', 'classifier', 1 + layersPerBlock * blocks, classes),
    ],
    forward: (x, context) => {
      const batch = x.shape[0];
      const { parameter } = context;
      const outputs = new Map<string, Tensor>();
      const probabilities = new Map<string, Tensor>();
      const pieces = reshape(x, [batch, tokens, projection.inputs]);
      const projected = tokenLinear(pieces, 'input_proj', context);
      outputs.set('input_proj', projected);
      let stream = add(projected, parameter('pos_encoder'));
      for (const name of names) {
        const attended = attention(stream, `${name}.self_attn`, heads, dropout, context);
        probabilities.set(`${name}.self_attn`, attended.probabilities);
        if (context.measuring) {
          for (const [head, output] of attended.headOutputs().entries()) {
            outputs.set(`${name}.self_attn.heads.${head}`, output);
          }
        }
        outputs.set(`${name}.self_attn.out_proj`, attended.output);
        stream = normalised(add(stream, context.dropout(attended.output, dropout)), `${name}.norm1`, context);
        const first = tokenLinear(stream, `${name}.linear1`, context);
        outputs.set(`${name}.linear1`, first);
        const second = tokenLinear(context.dropout(relu(first), dropout), `${name}.linear2`, context);
        outputs.set(`${name}.linear2`, second);
        stream = normalised(add(stream, context.dropout(second, dropout)), `${name}.norm2`, context);
      }
      const logits = linear(meanOver(stream, [1], false), parameter('fc.weight'), parameter('fc.bias'));
      outputs.set('fc', logits);
      return { logits, outputs, attention: probabilities };
    },
  };
}

/** The divisor of the input size nearest to 16, the smaller of two equally near. */
export function tokenCount(inputs: number): number {
  let nearest = 1;
  for (let divisor = 2; divisor <= inputs; divisor++) {
    const isNearer = Math.abs(divisor - wantedTokens) < Math.abs(nearest - wantedTokens);
    if (inputs % divisor === 0 && isNearer) nearest = divisor;
  }
  return nearest;
}

/** A Linear module applied to every token of `[batch, tokens, features]`. */
function tokenLinear(x: Tensor, module: string, { parameter }: ForwardContext): Tensor {
  const [batch, tokens, features] = x.shape;
  const weight = parameter(`${module}.weight`);
  const rows = linear(reshape(x, [batch * tokens, features]), weight, parameter(`${module}.bias`));
  return reshape(rows, [batch, tokens, weight.shape[0]]);
}

function normalised(x: Tensor, module: string, { parameter }: ForwardContext): Tensor {
  return layerNorm(x, parameter(`${module}.weight`), parameter(`${module}.bias`));
}

/** PyTorch copies one block into all, so that every block starts with the first one's values. */
function blockParameters(name: string, first: string, width: number, hidden: number): Parameter[] {
  const attend = `${name}.self_attn`;
  const constant = (parameter: string, size: number, value: number): Parameter => ({
    name: parameter,
    shape: [size],
    initial: { kind: 'constant', value },
  });
  // MultiheadAttention: Xavier's bound √(6 / (fan_in + fan_out)) for the three projections together, biases 0.
  const xavier = { kind: 'uniform', bound: Math.sqrt(6 / (width + 3 * width)) } as const;
  const [outWeight] = linearParameters({ name: `${attend}.out_proj`, inputs: width, outputs: width });
  const parameters: Parameter[] = [
    { name: `${attend}.in_proj_weight`, shape: [3 * width, width], initial: xavier },
    constant(`${attend}.in_proj_bias`, 3 * width, 0),
    outWeight,
    constant(`${attend}.out_proj.bias`, width, 0),
    ...linearParameters({ name: `${name}.linear1`, inputs: width, outputs: hidden }),
    ...linearParameters({ name: `${name}.linear2`, inputs: hidden, outputs: width }),
    ...['norm1', 'norm2'].flatMap((norm) => [
      constant(`${name}.${norm}.weight`, width, 1),
      constant(`${name}.${norm}.bias`, width, 0),
    ]),
  ];
  return parameters.map((parameter) =>
    parameter.initial.kind === 'uniform'
      ? { ...parameter, initial: { ...parameter.initial, sameAs: parameter.name.replace(name, first) } }
      : parameter,
  );
}

function tokenLayer(
  name: string,
  kind: LayerKind,
  depth: number,
  tokens: number,
  features: number,
): ModelLayer {
  return {
    name,
    kind,
    depth,
    outputShape: [tokens, features],
    // PyTorch's attention never calls its output projection as a module, so the published hooks missed it.
    standard: kind !== 'attention-head' && kind !== 'attention-output',
    publishedPooling: 'feature-mean',
    features: tokens,
    pooling: 'batch × token means',
  };
}
