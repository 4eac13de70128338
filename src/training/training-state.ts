import type { NamedTensor } from '../autodiff/optimizers/flat-tensors.ts';
import { sizeOf } from '../autodiff/tensor.ts';

/** Tensors by name; parameters under PyTorch's names. */
export type NamedTensors = ReadonlyMap<string, NamedTensor>;

/** Everything needed to go on training as if nothing had happened, given the same options and seed. */
export interface TrainingState {
  /** The last step done, from 0. */
  readonly step: number;
  readonly parameters: NamedTensors;
  /** The optimizer's memory, e.g. `first_moment.network.0.weight`. */
  readonly optimizer: NamedTensors;
}

/** Tensors laid one after another in one memory, which can be handed to another thread in one piece. */
export interface PackedTensors {
  readonly memory: ArrayBuffer;
  readonly places: readonly { readonly name: string; readonly shape: readonly number[] }[];
}

/** Copies tensors into one memory. */
export function packTensors(tensors: NamedTensors): PackedTensors {
  const places = [...tensors].map(([name, { shape }]) => ({ name, shape }));
  const packed = {
    memory: new ArrayBuffer(4 * places.reduce((sum, { shape }) => sum + sizeOf(shape), 0)),
    places,
  };
  for (const [name, { data }] of unpackTensors(packed)) data.set(tensors.get(name)!.data);
  return packed;
}

/** The tensors of a packed memory, in place. */
export function unpackTensors({ memory, places }: PackedTensors): NamedTensors {
  let offset = 0;
  return new Map(
    places.map(({ name, shape }) => {
      const data = new Float32Array(memory, offset, sizeOf(shape));
      offset += data.byteLength;
      return [name, { data, shape }];
    }),
  );
}

/** The same values in memory of their own, for what lives on while training changes the original. */
export function copyTensors(tensors: NamedTensors): NamedTensors {
  return unpackTensors(packTensors(tensors));
}
