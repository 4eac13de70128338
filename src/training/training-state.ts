import type { NamedTensor } from '../autodiff/optimisers/flat-tensors.ts';

/** Tensors by name; parameters under PyTorch's names. */
export type NamedTensors = ReadonlyMap<string, NamedTensor>;

/** Everything needed to go on training as if nothing had happened, given the same options and seed. */
export interface TrainingState {
  /** The last step done, from 0. */
  readonly step: number;
  readonly parameters: NamedTensors;
  /** The optimiser's memory, e.g. `first_moment.network.0.weight`. */
  readonly optimiser: NamedTensors;
}
