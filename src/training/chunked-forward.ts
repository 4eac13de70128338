import { sizeOf } from '../autodiff/tensor.ts';
import type { Model } from '../models/model.ts';
import { type MeasurementChoice, measurementGraph } from './measurement-graph.ts';
import { openSession, type TensorBuffers } from './session.ts';
import type { NamedTensors } from './training-state.ts';

/** A network in measuring mode that takes any number of examples, a few at a time. */
export interface ChunkedForward {
  /** Examples that are computed at a time. */
  readonly chunk: number;
  /**
   * @param inputs `[count, ...exampleShape]`.
   * @returns the outputs of the measurement graph over `count` examples, in buffers of their own.
   */
  run(parameters: NamedTensors, inputs: Float32Array, count: number): Promise<TensorBuffers>;
  close(): Promise<void>;
}

/**
 * At 32 examples a layer's output at all positions stays in the second-level cache until the next layer has read it: 160
 * examples of a transformer or a CNN take a sixth less time in five chunks than at once. Layers without positions are small,
 * and reading their weights again for every chunk costs more than it saves.
 */
const largestChunk = 32;

/**
 * Opens a network for measuring.
 *
 * @param count how many examples it will mostly be asked for; they are divided into equal chunks.
 */
export async function openChunkedForward(
  model: Model,
  count: number,
  choice: MeasurementChoice,
  threads: number,
): Promise<ChunkedForward> {
  const hasPositions = model.layers.some(({ outputShape }) => outputShape.length > 1);
  const chunk = hasPositions ? Math.ceil(count / Math.ceil(count / largestChunk)) : count;
  const graph = measurementGraph(model, chunk, choice);
  const session = await openSession(graph.bytes, threads);
  const exampleSize = sizeOf(model.exampleShape);
  const shape = [chunk, ...model.exampleShape];
  const x = { data: new Float32Array(chunk * exampleSize), shape };
  const scratch = buffers(graph.outputShapes);

  return {
    chunk,
    run: async (parameters, inputs, count) => {
      const outputs = buffers(
        [...graph.outputShapes].map(([name, [rows, ...rest]]) => [name, [(rows / chunk) * count, ...rest]]),
      );
      if (count === chunk) {
        await session.run(new Map([...parameters, ['x', { data: inputs, shape }]]), outputs);
        return outputs;
      }
      const feeds = new Map([...parameters, ['x', x]]);
      for (let from = 0; from < count; from += chunk) {
        const examples = Math.min(chunk, count - from);
        x.data.set(inputs.subarray(from * exampleSize, (from + examples) * exampleSize));
        if (examples === chunk) {
          await session.run(feeds, rowsOf(outputs, graph.outputShapes, from / chunk));
          continue;
        }
        // Rows left over from the chunk before fill the last one up; what comes of them is not copied.
        await session.run(feeds, scratch);
        for (const [name, { data }] of outputs) {
          const perExample = data.length / count;
          data.set(scratch.get(name)!.data.subarray(0, examples * perExample), from * perExample);
        }
      }
      return outputs;
    },
    close: () => session.close(),
  };
}

function buffers(shapes: Iterable<readonly [string, readonly number[]]>): TensorBuffers {
  return new Map(
    [...shapes].map(([name, shape]) => [name, { data: new Float32Array(sizeOf(shape)), shape }]),
  );
}

/** The part of whole outputs that chunk number `index` computes. */
function rowsOf(
  outputs: TensorBuffers,
  chunkShapes: ReadonlyMap<string, readonly number[]>,
  index: number,
): TensorBuffers {
  return new Map(
    [...outputs].map(([name, { data }]) => {
      const shape = chunkShapes.get(name)!;
      const size = sizeOf(shape);
      return [name, { data: data.subarray(index * size, (index + 1) * size), shape }];
    }),
  );
}
