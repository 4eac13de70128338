import { reshape } from '../autodiff/operators/broadcasting.ts';
import { add } from '../autodiff/operators/elementwise.ts';
import { linear } from '../autodiff/operators/matrix-product.ts';
import type { Tensor } from '../autodiff/tensor.ts';
import { type CausalAttentionOptions, causalAttention } from './causal-attention.ts';
import type { LayerOutputs } from './encoder-block.ts';
import { type InitialWeights, moduleParameters, weightsBy } from './initial-weights.ts';
import type { LayerKind, ModelLayer } from './layer.ts';
import type { ForwardContext, Parameter } from './model.ts';
import type { Nonlinearity } from './nonlinearity.ts';
import { normalized, normParameters } from './norm-module.ts';
import { tokenLayer } from './token-layers.ts';

export interface DecoderSizes extends CausalAttentionOptions {
  readonly width: number;
  /** Units between the two layers of the feed-forward part; 0 for none. */
  readonly feedForward: number;
  readonly layerNorm: boolean;
  readonly nonlinearity: Nonlinearity;
  readonly initial: Exclude<InitialWeights, { aligned: unknown }>;
  readonly positionSd: number;
}

/** Depths that the layers of one block take. */
export const layersPerBlock = 4;

/**
 * One block: x + attention(norm(x)), then x + feed-forward(norm(x)); without the norms or the feed-forward part where the
 * sizes say so.
 *
 * @param x `[batch · tokens, width]`.
 * @param layers receives the output of every layer of the block, `[batch, tokens, features]`.
 */
export function decoderBlock(
  x: Tensor,
  name: string,
  sizes: DecoderSizes,
  context: ForwardContext,
  { outputs, activated }: LayerOutputs,
): { output: Tensor; probabilities: Tensor } {
  const { tokens, feedForward, layerNorm, bias, nonlinearity } = sizes;
  const perToken = (rows: Tensor): Tensor => reshape(rows, [rows.shape[0] / tokens, tokens, rows.shape[1]]);
  const normed = (rows: Tensor, norm: string): Tensor =>
    layerNorm ? normalized(rows, `${name}.${norm}`, context) : rows;
  const attended = causalAttention(normed(x, 'norm1'), `${name}.attention`, sizes, context);
  attended.headOutputs.forEach((head, i) => {
    outputs.set(`${name}.attention.heads.${i}`, head);
  });
  outputs.set(`${name}.attention.out_proj`, perToken(attended.output));
  const middle = add(x, attended.output);
  const { probabilities } = attended;
  if (feedForward === 0) return { output: middle, probabilities };
  const module = (rows: Tensor, layer: string): Tensor => {
    const parameter = (part: string): Tensor => context.parameter(`${name}.${layer}.${part}`);
    const output = linear(rows, parameter('weight'), bias ? parameter('bias') : undefined);
    outputs.set(`${name}.${layer}`, perToken(output));
    return output;
  };
  const bent = nonlinearity.apply(module(normed(middle, 'norm2'), 'linear1'));
  if (nonlinearity.name !== 'linear') activated.set(`${name}.linear1`, perToken(bent));
  return { output: add(middle, module(bent, 'linear2')), probabilities };
}

/** The layers of a block that can be measured; the heads work side by side, at one depth. */
export function decoderBlockLayers(name: string, sizes: DecoderSizes, depth: number): ModelLayer[] {
  const { tokens, width, heads, feedForward, nonlinearity } = sizes;
  const layer = (module: string, kind: LayerKind, place: number, features: number): ModelLayer => ({
    ...tokenLayer(`${name}.${module}`, kind, depth + place, tokens, features),
    nonlinearity: kind === 'feed-forward-in' && nonlinearity.name !== 'linear' ? nonlinearity : null,
  });
  return [
    ...Array.from({ length: heads }, (_, head) =>
      layer(`attention.heads.${head}`, 'attention-head', 0, width / heads),
    ),
    { ...layer('attention.out_proj', 'attention-output', 1, width), standard: true },
    ...(feedForward === 0
      ? []
      : [
          layer('linear1', 'feed-forward-in', 2, feedForward),
          layer('linear2', 'feed-forward-out', 3, width),
        ]),
  ];
}

export function decoderBlockParameters(name: string, sizes: DecoderSizes): Parameter[] {
  const { tokens, width, heads, feedForward, layerNorm, bias, outputProjection, positions, initial } = sizes;
  const attend = `${name}.attention`;
  const zeros = (parameter: string, size: number): Parameter => ({
    name: parameter,
    shape: [size],
    initial: { kind: 'constant', value: 0 },
  });
  const module = (layer: string, inputs: number, outputs: number): Parameter[] =>
    moduleParameters({ name: `${name}.${layer}`, inputs, outputs }, bias, initial);
  return [
    {
      name: `${attend}.in_proj_weight`,
      shape: [3 * width, width],
      initial: weightsBy(initial, width, width),
      stacked: ['query', 'key', 'value'],
    },
    ...(bias ? [zeros(`${attend}.in_proj_bias`, 3 * width)] : []),
    ...(positions === 'relative'
      ? [
          {
            name: `${attend}.relative_keys`,
            shape: [tokens, width / heads],
            initial: { kind: 'normal', sd: sizes.positionSd },
          } as const,
        ]
      : []),
    ...(outputProjection ? module('attention.out_proj', width, width) : []),
    ...(feedForward === 0
      ? []
      : [...module('linear1', width, feedForward), ...module('linear2', feedForward, width)]),
    ...(layerNorm
      ? [
          ...normParameters(`${name}.norm1`, width),
          ...(feedForward === 0 ? [] : normParameters(`${name}.norm2`, width)),
        ]
      : []),
  ];
}
