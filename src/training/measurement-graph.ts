import { encodeOnnx, type Precision } from '../autodiff/encode-onnx.ts';
import { input, type Tensor } from '../autodiff/tensor.ts';
import type { OutputStage, Pooling } from '../models/layer.ts';
import type { Model } from '../models/model.ts';
import { poolOutput } from '../models/pool-output.ts';

/** A network in measuring mode, as an ONNX graph. */
export interface MeasurementGraph {
  readonly bytes: Uint8Array;
  /** Shape of every output by name: `logits`, `layer.<name>`, `attention.<name>`. */
  readonly outputShapes: ReadonlyMap<string, readonly number[]>;
}

export interface MeasurementChoice {
  /** Names of the layers to measure. */
  readonly layers: readonly string[];
  readonly pooling: Pooling | 'published';
  readonly stage: OutputStage;
  /** Whether attention probabilities are wanted too. */
  readonly attention: boolean;
}

/** Builds the graph that computes layer outputs for a batch: no dropout, nothing left out. Inputs: `x`, the parameters. */
export function measurementGraph(
  model: Model,
  batch: number,
  { layers, pooling, stage, attention }: MeasurementChoice,
  precision: Precision = 'float32',
): MeasurementGraph {
  const x = input('x', [batch, ...model.exampleShape]);
  const parameters = new Map(model.parameters.map(({ name, shape }) => [name, input(name, shape)]));
  const chosen = model.layers
    .filter(({ name }) => layers.includes(name))
    .map(({ name, outputShape, publishedPooling, nonlinearity }) => ({
      name,
      hasPositions: outputShape.length > 1,
      isActivated: stage === 'after-nonlinearity' && nonlinearity !== null,
      layerPooling: pooling === 'published' ? publishedPooling : pooling,
    }));
  // The mean over positions commutes with a linear layer, but not with what follows it.
  const isLinearMean = ({ isActivated, layerPooling }: (typeof chosen)[number]): boolean =>
    layerPooling === 'position-mean' && !isActivated;
  const forward = model.forward(x, {
    parameter: (name) => parameters.get(name)!,
    dropout: (tensor) => tensor,
    everyPosition: chosen.some((layer) => layer.hasPositions && !isLinearMean(layer)),
  });
  const outputs = new Map<string, Tensor>([['logits', forward.logits]]);
  for (const layer of chosen) {
    const { name, isActivated, layerPooling } = layer;
    const mean = isLinearMean(layer) ? forward.positionMeans?.get(name) : undefined;
    const output = (isActivated ? forward.activated : forward.outputs).get(name)!;
    outputs.set(`layer.${name}`, mean ?? poolOutput(output, layerPooling));
  }
  if (attention) for (const [name, tensor] of forward.attention) outputs.set(`attention.${name}`, tensor);
  return {
    bytes: encodeOnnx([x, ...parameters.values()], outputs, precision),
    outputShapes: new Map([...outputs].map(([name, { shape }]) => [name, shape])),
  };
}
