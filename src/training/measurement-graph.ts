import { encodeOnnx, type Precision } from '../autodiff/encode-onnx.ts';
import { input, type Tensor } from '../autodiff/tensor.ts';
import type { Pooling } from '../models/layer.ts';
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
  /** Whether attention probabilities are wanted too. */
  readonly attention: boolean;
}

/** Builds the graph that computes layer outputs for a batch: no dropout, nothing left out. Inputs: `x`, the parameters. */
export function measurementGraph(
  model: Model,
  batch: number,
  { layers, pooling, attention }: MeasurementChoice,
  precision: Precision = 'float32',
): MeasurementGraph {
  const x = input('x', [batch, ...model.exampleShape]);
  const parameters = new Map(model.parameters.map(({ name, shape }) => [name, input(name, shape)]));
  const chosen = model.layers
    .filter(({ name }) => layers.includes(name))
    .map(({ name, outputShape, publishedPooling }) => ({
      name,
      hasPositions: outputShape.length > 1,
      layerPooling: pooling === 'published' ? publishedPooling : pooling,
    }));
  const forward = model.forward(x, {
    parameter: (name) => parameters.get(name)!,
    dropout: (tensor) => tensor,
    everyPosition: chosen.some((layer) => layer.hasPositions && layer.layerPooling !== 'position-mean'),
  });
  const outputs = new Map<string, Tensor>([['logits', forward.logits]]);
  for (const { name, layerPooling } of chosen) {
    const mean = layerPooling === 'position-mean' ? forward.positionMeans?.get(name) : undefined;
    outputs.set(`layer.${name}`, mean ?? poolOutput(forward.outputs.get(name)!, layerPooling));
  }
  if (attention) for (const [name, tensor] of forward.attention) outputs.set(`attention.${name}`, tensor);
  return {
    bytes: encodeOnnx([x, ...parameters.values()], outputs, precision),
    outputShapes: new Map([...outputs].map(([name, { shape }]) => [name, shape])),
  };
}
