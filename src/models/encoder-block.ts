import { reshape } from '../autodiff/operators/broadcasting.ts';
import { add, relu } from '../autodiff/operators/elementwise.ts';
import { layerNorm } from '../autodiff/operators/layer-norm.ts';
import type { Tensor } from '../autodiff/tensor.ts';
import { attention } from './attention.ts';
import type { LayerKind, ModelLayer } from './layer.ts';
import { linearParameters } from './linear-module.ts';
import type { ForwardContext, Parameter } from './model.ts';
import { moduleLinear, tokenLayer } from './token-layers.ts';

export interface BlockSizes {
  readonly tokens: number;
  readonly width: number;
  readonly heads: number;
  readonly dropout: number;
}

/** Outputs by layer name, before and after the nonlinearity, as in `Forward`. */
export interface LayerOutputs {
  readonly outputs: Map<string, Tensor>;
  readonly activated: Map<string, Tensor>;
}

/** Depths that the layers of one block take. */
export const layersPerBlock = 4;

const hiddenWidth = ({ width }: BlockSizes): number => 4 * width;

/**
 * One post-norm encoder block (Vaswani et al. 2017; PyTorch's `TransformerEncoderLayer` with ReLU):
 * norm(x + attention(x)), then norm(x + feed-forward(x)), with dropout on both branches, inside the feed-forward and on the
 * attention probabilities.
 *
 * Works on rows `[batch · tokens, width]`: products of matrices without a reshape around each can take the addition or the
 * ReLU after them along.
 *
 * @param x `[batch · tokens, width]`.
 * @param layers receives the output of every layer of the block, `[batch, tokens, features]`.
 * @returns the block's output, shaped as x, and its attention probabilities.
 */
export function encoderBlock(
  x: Tensor,
  name: string,
  sizes: BlockSizes,
  context: ForwardContext,
  { outputs, activated }: LayerOutputs,
): { output: Tensor; probabilities: Tensor } {
  const { tokens, dropout } = sizes;
  const perToken = (rows: Tensor): Tensor => reshape(rows, [rows.shape[0] / tokens, tokens, rows.shape[1]]);
  const attended = attention(x, `${name}.self_attn`, sizes, context);
  attended.headOutputs.forEach((head, i) => {
    outputs.set(`${name}.self_attn.heads.${i}`, head);
  });
  outputs.set(`${name}.self_attn.out_proj`, perToken(attended.output));
  const middle = normalized(add(x, context.dropout(attended.output, dropout)), `${name}.norm1`, context);
  const first = moduleLinear(middle, `${name}.linear1`, context);
  outputs.set(`${name}.linear1`, perToken(first));
  const rectified = relu(first);
  activated.set(`${name}.linear1`, perToken(rectified));
  const place = { name: `${name}.linear1`, kind: 'units', parts: first.shape[1] } as const;
  const replaced = context.intercept?.(place, perToken(rectified));
  const read = replaced === undefined ? rectified : reshape(replaced, rectified.shape);
  const second = moduleLinear(context.dropout(read, dropout), `${name}.linear2`, context);
  outputs.set(`${name}.linear2`, perToken(second));
  const output = normalized(add(middle, context.dropout(second, dropout)), `${name}.norm2`, context);
  return { output, probabilities: attended.probabilities };
}

/** The layers of a block that can be measured; the heads work side by side, at one depth. */
export function blockLayers(name: string, sizes: BlockSizes, depth: number): ModelLayer[] {
  const { tokens, width, heads } = sizes;
  const layer = (module: string, kind: LayerKind, place: number, features: number): ModelLayer =>
    tokenLayer(`${name}.${module}`, kind, depth + place, tokens, features);
  return [
    ...Array.from({ length: heads }, (_, head) =>
      layer(`self_attn.heads.${head}`, 'attention-head', 0, width / heads),
    ),
    layer('self_attn.out_proj', 'attention-output', 1, width),
    layer('linear1', 'feed-forward-in', 2, hiddenWidth(sizes)),
    layer('linear2', 'feed-forward-out', 3, width),
  ];
}

/**
 * The parameters of a block at PyTorch's default initialization.
 *
 * @param first the network's first block: PyTorch copies one block into all, so that all start with equal values.
 */
export function blockParameters(name: string, first: string, sizes: BlockSizes): Parameter[] {
  const { width } = sizes;
  const hidden = hiddenWidth(sizes);
  const attend = `${name}.self_attn`;
  // MultiheadAttention: Xavier's bound √(6 / (fan_in + fan_out)) for the three projections together, biases 0.
  const xavier = { kind: 'uniform', bound: Math.sqrt(6 / (width + 3 * width)) } as const;
  const [outWeight] = linearParameters({ name: `${attend}.out_proj`, inputs: width, outputs: width });
  const parameters: Parameter[] = [
    {
      name: `${attend}.in_proj_weight`,
      shape: [3 * width, width],
      initial: xavier,
      stacked: ['query', 'key', 'value'],
    },
    filled(`${attend}.in_proj_bias`, 3 * width, 0),
    outWeight,
    filled(`${attend}.out_proj.bias`, width, 0),
    ...linearParameters({ name: `${name}.linear1`, inputs: width, outputs: hidden }),
    ...linearParameters({ name: `${name}.linear2`, inputs: hidden, outputs: width }),
    ...['norm1', 'norm2'].flatMap((norm) => [
      filled(`${name}.${norm}.weight`, width, 1),
      filled(`${name}.${norm}.bias`, width, 0),
    ]),
  ];
  return parameters.map((parameter) =>
    parameter.initial.kind === 'uniform'
      ? { ...parameter, initial: { ...parameter.initial, sameAs: parameter.name.replace(name, first) } }
      : parameter,
  );
}

function filled(name: string, size: number, value: number): Parameter {
  return { name, shape: [size], initial: { kind: 'constant', value } };
}

function normalized(x: Tensor, module: string, { parameter }: ForwardContext): Tensor {
  return layerNorm(x, parameter(`${module}.weight`), parameter(`${module}.bias`));
}
