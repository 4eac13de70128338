import type { Matrix } from '../spectra/types.ts';
import type { ModelSession, ModelTensor } from '../training/session-model.ts';
import type { LaidOutCapture } from './capture-layouts.ts';
import { pooledShape, poolInto } from './pool-activations.ts';
import type { ProbeInputs } from './probe-inputs.ts';

/** The activations of one layer at one checkpoint, [examples, features]. */
export interface CapturedLayer extends Matrix {
  readonly data: Float64Array;
  readonly pooling: string;
}

export interface Captured {
  readonly layers: readonly CapturedLayer[];
  /** The model's own outputs, one entry for each run. */
  readonly outputs: readonly ReadonlyMap<string, ModelTensor>[];
}

/** Runs a model over all examples, and pools what its layers put out as it comes: nothing of a run is kept. */
export async function captureCheckpoint(
  session: ModelSession,
  layers: readonly LaidOutCapture[],
  inputs: ProbeInputs,
  own: readonly string[],
): Promise<Captured> {
  const wanted = [...new Set([...layers.map(({ output }) => output), ...own])];
  const captured: CapturedLayer[] = [];
  const outputs: ReadonlyMap<string, ModelTensor>[] = [];
  const { examples, batch } = inputs;
  for (let from = 0; from < examples; from += batch) {
    const count = Math.min(batch, examples - from);
    const found = await session.run(inputs.slice(from, count), wanted);
    layers.forEach(({ output, layout }, i) => {
      const { data, shape } = found.get(output)!;
      const { features, pooling } = pooledShape(shape, layout);
      captured[i] ??= {
        data: new Float64Array(examples * features),
        rows: examples,
        columns: features,
        pooling,
      };
      const rows = captured[i].data.subarray(from * features, (from + count) * features);
      poolInto(rows, data as Float32Array, shape, count, layout);
    });
    outputs.push(new Map(own.map((name) => [name, found.get(name)!])));
  }
  return { layers: captured, outputs };
}
