import { reshape } from '../autodiff/operators/broadcasting.ts';
import { convolution, convolutionMean, everyPosition } from '../autodiff/operators/convolution.ts';
import { relu } from '../autodiff/operators/elementwise.ts';
import { gatherPositions } from '../autodiff/operators/gather-positions.ts';
import { gemm } from '../autodiff/operators/matrix-product.ts';
import { maxPool, pooledGrid, poolingCorners } from '../autodiff/operators/max-pooling.ts';
import type { Grid } from '../autodiff/operators/patches.ts';
import { pooledConvolution } from '../autodiff/operators/pooled-convolution.ts';
import { transpose } from '../autodiff/operators/rearrangement.ts';
import type { Tensor } from '../autodiff/tensor.ts';
import { InputError } from '../errors/input-error.ts';
import type { CnnArchitecture } from './architectures.ts';
import { uniformByFanIn } from './initialize.ts';
import type { ModelLayer } from './layer.ts';
import { linearParameters } from './linear-module.ts';
import type { Model } from './model.ts';
import { nonlinearities } from './nonlinearity.ts';
import { unitLayer } from './unit-layer.ts';

const kernel = 3;

interface Stage {
  readonly name: string;
  readonly channelsIn: number;
  readonly channels: number;
  readonly grid: Grid;
}

/**
 * A convolutional network: stages of PyTorch's `Conv2d(3, padding=1)`, `ReLU`, `MaxPool2d(2)` in a Sequential named
 * `conv_layers`, then the Linear `fc`.
 *
 * @throws InputError unless the examples are images `[channels, height, width]` that survive every halving.
 */
export function cnn(
  { channels, dropout: dropped = 0 }: CnnArchitecture,
  exampleShape: readonly number[],
  classes: number,
): Omit<Model, 'name' | 'parameterCount'> {
  const { stages, grid: last } = layOut(channels, exampleShape);
  const positions = last.height * last.width;
  const width = channels[channels.length - 1];
  const classifier = { name: 'fc', inputs: width * positions, outputs: classes };
  return {
    family: 'cnn',
    exampleShape,
    classes,
    outputShape: [classes],
    vocabulary: null,
    parameters: [...stages.flatMap(stageParameters), ...linearParameters(classifier)],
    layers: [...stages.map(convolutionLayer), unitLayer('fc', 'classifier', stages.length, classes)],
    forward: (x, { parameter, ...context }) => {
      const outputs = new Map<string, Tensor>();
      const activated = new Map<string, Tensor>();
      const positionMeans = new Map<string, Tensor>();
      let maps = batchLast(x);
      for (const { name, grid } of stages) {
        const weights = [parameter(`${name}.weight`), parameter(`${name}.bias`)] as const;
        positionMeans.set(name, convolutionMean(maps, ...weights, grid));
        // Pooling commutes with ReLU and leaves a quarter of the elements to it.
        if (context.everyPosition) {
          const output = convolution(maps, ...weights, grid, everyPosition(grid));
          outputs.set(name, transpose(output, [1, 0, 2]));
          activated.set(name, transpose(relu(output), [1, 0, 2]));
          maps = channelsFirst(relu(maxPool(gatherPositions(output, poolingCorners(grid)))));
        } else {
          maps = relu(pooledConvolution(maps, ...weights, grid));
        }
        if (context.intercept !== undefined) {
          const place = { name, kind: 'filters', parts: maps.shape[0] } as const;
          maps = transpose(context.intercept(place, transpose(maps, [2, 1, 0])), [2, 1, 0]);
        }
      }
      // PyTorch flattens [channels, height, width].
      const flattened = reshape(maps, [classifier.inputs, x.shape[0]]);
      // A mask counts examples along its first axis.
      const columns =
        dropped === 0 ? flattened : transpose(context.dropout(transpose(flattened, [1, 0]), dropped), [1, 0]);
      const bias = parameter('fc.bias');
      const logits = gemm(columns, parameter('fc.weight'), { transposeA: true, transposeB: true, bias });
      outputs.set('fc', logits);
      return { logits, outputs, activated, positionMeans, attention: new Map() };
    },
  };
}

function layOut(
  channels: readonly number[],
  exampleShape: readonly number[],
): { stages: Stage[]; grid: Grid } {
  const [channelsIn, height, width] = exampleShape;
  if (exampleShape.length !== 3 || Math.min(height, width) < 2 ** channels.length) {
    const allowed = `images [channels, height, width] of at least ${2 ** channels.length} pixels each way`;
    throw new InputError({ field: 'exampleShape', value: exampleShape, allowed });
  }
  let grid: Grid = { height, width };
  const stages = channels.map((count, i) => {
    // Conv2d, ReLU and MaxPool2d take a number each.
    const stage = {
      name: `conv_layers.${3 * i}`,
      channelsIn: channels[i - 1] ?? channelsIn,
      channels: count,
      grid,
    };
    grid = pooledGrid(grid);
    return stage;
  });
  return { stages, grid };
}

function stageParameters({ name, channelsIn, channels }: Stage) {
  const initial = uniformByFanIn(channelsIn * kernel * kernel);
  return [
    { name: `${name}.weight`, shape: [channels, channelsIn, kernel, kernel], initial },
    { name: `${name}.bias`, shape: [channels], initial },
  ];
}

function convolutionLayer({ name, channels, grid }: Stage, depth: number): ModelLayer {
  return {
    name,
    kind: 'convolution',
    depth,
    outputShape: [grid.height * grid.width, channels],
    nonlinearity: nonlinearities.relu,
    standard: true,
    publishedPooling: 'position-mean',
    features: channels,
    pooling: 'batch × channel means',
  };
}

/** `[batch, channels, height, width]` → `[channels, height · width, batch]`. */
function batchLast(x: Tensor): Tensor {
  const [batch, channels, height, width] = x.shape;
  const pixels = transpose(reshape(x, [batch, channels * height * width]), [1, 0]);
  return reshape(pixels, [channels, height * width, batch]);
}

/** `[positions, batch, channels]` → `[channels, positions, batch]`. */
function channelsFirst(x: Tensor): Tensor {
  const [positions, batch, channels] = x.shape;
  return reshape(transpose(reshape(x, [positions * batch, channels]), [1, 0]), [channels, positions, batch]);
}
