import { encodeOnnx } from '../autodiff/encode-onnx.ts';
import { input, sizeOf, type Tensor } from '../autodiff/tensor.ts';
import { InputError } from '../errors/input-error.ts';
import type { Place } from '../models/intercept.ts';
import type { Model } from '../models/model.ts';
import { exclusive } from './exclusive.ts';
import type { Activation } from './probe.ts';
import { openSession, type Session, type TensorBuffer } from './session.ts';
import { copyTensors, type NamedTensors } from './training-state.ts';

/** Examples that are computed at a time. */
const largestChunk = 32;

/** What a network answers when the outputs of one place are replaced. */
export interface PatchedForward {
  /** In network order; empty for a network that lets nothing be replaced. */
  readonly places: readonly Place[];
  /** The network at these weights, which are copied. */
  at(parameters: NamedTensors): PatchedNetwork;
  close(): Promise<void>;
}

export interface PatchedNetwork {
  /**
   * Logits, and what every place puts out, by name, with nothing replaced.
   * @param inputs `[count, ...exampleShape]`.
   */
  read(
    inputs: Float32Array,
    count: number,
  ): Promise<{ readonly logits: Activation; readonly outputs: ReadonlyMap<string, Activation> }>;
  /**
   * Logits when the rest of the network reads `outputs` at a place.
   * @param outputs in the shape that `read` gives.
   */
  replaced(inputs: Float32Array, count: number, place: string, outputs: Float32Array): Promise<Activation>;
}

/** Opens a network in measuring mode in which what heads, filters or units put out can be replaced. */
export function openPatchedForward(model: Model, threads = 1): PatchedForward {
  const seen = new Map<string, { readonly place: Place; readonly shape: readonly number[] }>();
  build(model, 1, (place, outputs) => {
    seen.set(place.name, { place, shape: outputs.shape.slice(1) });
    return outputs;
  });
  const sessions = new Map<string, Promise<Session>>();
  const memory = exclusive(sessions);
  const opened = (key: string, graph: () => Uint8Array): Promise<Session> => {
    const session = sessions.get(key) ?? openSession(graph(), threads);
    sessions.set(key, session);
    return session;
  };
  const shapeOf = (name: string): readonly number[] => {
    const known = seen.get(name);
    if (known !== undefined) return known.shape;
    throw new InputError({ field: 'place', value: name, allowed: [...seen.keys()].join(', ') });
  };

  return {
    places: [...seen.values()].map(({ place }) => place),
    at: (parameters) => {
      const weights = copyTensors(parameters);
      const run = (
        count: number,
        given: ReadonlyMap<string, TensorBuffer>,
        wanted: ReadonlyMap<string, readonly number[]>,
        graph: (chunk: number) => Uint8Array,
        key: string,
      ) =>
        memory.use(async () => {
          const chunk = Math.min(count, largestChunk);
          const session = await opened(`${chunk} ${key}`, () => graph(chunk));
          return inChunks(session, weights, { count, chunk, given, wanted });
        });
      const x = (inputs: Float32Array, count: number) => ({
        data: inputs,
        shape: [count, ...model.exampleShape],
      });
      return {
        read: async (inputs, count) => {
          const wanted = new Map([
            ['logits', [model.classes]],
            ...[...seen].map(([name, { shape }]) => [`place.${name}`, shape] as const),
          ]);
          const given = new Map([['x', x(inputs, count)]]);
          const found = await run(count, given, wanted, (chunk) => readingGraph(model, chunk), 'read');
          return {
            logits: found.get('logits')!,
            outputs: new Map([...seen.keys()].map((name) => [name, found.get(`place.${name}`)!])),
          };
        },
        replaced: async (inputs, count, place, outputs) => {
          const shape = [count, ...shapeOf(place)];
          if (outputs.length !== sizeOf(shape)) {
            throw new InputError({
              field: 'outputs',
              value: outputs.length,
              allowed: `${shape.join(' × ')} numbers`,
            });
          }
          const given = new Map([
            ['x', x(inputs, count)],
            ['replacement', { data: outputs, shape }],
          ]);
          const wanted = new Map([['logits', [model.classes]]]);
          const graph = (chunk: number) => replacingGraph(model, chunk, place);
          return (await run(count, given, wanted, graph, `at ${place}`)).get('logits')!;
        },
      };
    },
    close: () =>
      memory.close(async (open) => {
        for (const session of open.values()) await (await session).close();
      }),
  };
}

interface Chunks {
  readonly count: number;
  readonly chunk: number;
  /** Inputs with one row per example. */
  readonly given: ReadonlyMap<string, TensorBuffer>;
  /** Shapes of outputs of one example. */
  readonly wanted: ReadonlyMap<string, readonly number[]>;
}

async function inChunks(
  session: Session,
  weights: NamedTensors,
  { count, chunk, given, wanted }: Chunks,
): Promise<Map<string, Activation>> {
  const buffer = (shape: readonly number[]) => ({ data: new Float32Array(sizeOf(shape)), shape });
  const results = new Map([...wanted].map(([name, shape]) => [name, buffer([count, ...shape])]));
  const feeds = new Map([...given].map(([name, { shape }]) => [name, buffer([chunk, ...shape.slice(1)])]));
  const outputs = new Map([...wanted].map(([name, shape]) => [name, buffer([chunk, ...shape])]));
  const inputs = new Map<string, TensorBuffer>([...weights, ...feeds]);
  for (let from = 0; from < count; from += chunk) {
    // Rows left over from the chunk before fill the last one up; what comes of them is not copied.
    const examples = Math.min(chunk, count - from);
    for (const [name, { data }] of given) {
      const size = data.length / count;
      feeds.get(name)!.data.set(data.subarray(from * size, (from + examples) * size));
    }
    await session.run(inputs, outputs);
    for (const [name, { data }] of results) {
      const size = data.length / count;
      data.set(outputs.get(name)!.data.subarray(0, examples * size), from * size);
    }
  }
  return results;
}

function readingGraph(model: Model, chunk: number): Uint8Array {
  const outputs = new Map<string, Tensor>();
  const { inputs, logits } = build(model, chunk, (place, tensor) => {
    outputs.set(`place.${place.name}`, tensor);
    return tensor;
  });
  return encodeOnnx(inputs, new Map([['logits', logits], ...outputs]));
}

function replacingGraph(model: Model, chunk: number, name: string): Uint8Array {
  let replacement: Tensor | null = null;
  const { inputs, logits } = build(model, chunk, (place, tensor) => {
    if (place.name !== name) return tensor;
    replacement = input('replacement', tensor.shape);
    return replacement;
  });
  return encodeOnnx([...inputs, replacement!], new Map([['logits', logits]]));
}

function build(model: Model, chunk: number, intercept: (place: Place, outputs: Tensor) => Tensor) {
  const x = input('x', [chunk, ...model.exampleShape]);
  const parameters = new Map(model.parameters.map(({ name, shape }) => [name, input(name, shape)]));
  const { logits } = model.forward(x, {
    parameter: (name) => parameters.get(name)!,
    dropout: (tensor) => tensor,
    everyPosition: false,
    intercept,
  });
  return { inputs: [x, ...parameters.values()], logits };
}
