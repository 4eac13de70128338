import type { Matrix } from '../spectra/types.ts';
import type { AttentionMaps } from './attention/attention-maps.ts';
import type { FilterBank } from './filters/filter-bank.ts';

/** What was read of a network at one checkpoint, always on the same examples. */
export interface CheckpointReading {
  readonly step: number;
  /** By layer, `[examples, units]`, after the nonlinearity; of layers with positions the mean over them. */
  readonly activations: ReadonlyMap<string, Matrix>;
  /** By attention module. */
  readonly attention: ReadonlyMap<string, AttentionMaps>;
  /** By parameter: tensors of two or more axes. */
  readonly weights: ReadonlyMap<string, FilterBank>;
  /** `[examples, classes]`; absent where the network's answer was not read. */
  readonly logits?: Matrix;
  /** Classes of the examples. */
  readonly labels: ArrayLike<number>;
  readonly classes: number;
}

/** A checkpoint with those that it is compared with. */
export interface ReadingInRun {
  readonly now: CheckpointReading;
  /** The run's first checkpoint: its initialization, where that was saved. */
  readonly first: CheckpointReading;
  /** The one before; null for the first. */
  readonly previous: CheckpointReading | null;
}

/** Puts the checkpoints of one run, handed over by ascending step, beside those that they are compared with. */
export function readingsInRun(): (now: CheckpointReading) => ReadingInRun {
  let [first, previous]: (CheckpointReading | null)[] = [null, null];
  return (now) => {
    first ??= now;
    const reading = { now, first, previous };
    previous = now;
    return reading;
  };
}
