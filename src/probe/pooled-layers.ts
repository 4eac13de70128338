import type { Matrix } from '../spectra/types.ts';
import type { ModelTensor } from '../training/session-model.ts';
import { type OutputLayout, pooledShape, poolInto } from './pool-activations.ts';

/** The activations of one layer at one checkpoint, [examples, features]. */
export interface CapturedLayer extends Matrix {
  readonly data: Float64Array;
  readonly pooling: string;
}

/** What the layers put out for some of the examples, in the layers' order. */
export interface LayerOutputs {
  readonly from: number;
  readonly count: number;
  readonly tensors: readonly Pick<ModelTensor, 'data' | 'shape'>[];
}

/** The matrices of the layers, filled run by run: nothing of a run is kept. */
export interface PooledLayers {
  add(outputs: LayerOutputs): void;
  readonly layers: readonly CapturedLayer[];
}

/** Matrices for the layers of one checkpoint. */
export function pooledLayers(layouts: readonly OutputLayout[], examples: number): PooledLayers {
  const layers: CapturedLayer[] = [];
  return {
    layers,
    add: ({ from, count, tensors }) => {
      layouts.forEach((layout, i) => {
        const { data, shape } = tensors[i];
        const { features, pooling } = pooledShape(shape, layout);
        layers[i] ??= {
          data: new Float64Array(examples * features),
          rows: examples,
          columns: features,
          pooling,
        };
        const rows = layers[i].data.subarray(from * features, (from + count) * features);
        poolInto(rows, data as Float32Array, shape, count, layout);
      });
    },
  };
}
