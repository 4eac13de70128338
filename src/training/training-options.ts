import type { OptimizerOptions } from '../autodiff/optimizers/optimizer.ts';
import type { ScheduleOptions } from '../autodiff/optimizers/schedule.ts';
import type { Dataset } from '../datasets/types.ts';
import type { OutputStage, Pooling } from '../models/layer.ts';
import type { Model } from '../models/model.ts';
import type { Random } from '../numerics/random.ts';
import type { Loss } from './losses.ts';
import type { TrainingState } from './training-state.ts';

export interface TrainingOptions {
  readonly model: Model;
  /** Training examples; all of them are used. */
  readonly data: Dataset;
  /** Optimizer steps of the whole training, over which the schedule runs. */
  readonly steps: number;
  /** Where to break off, before this step, to go on later under other options; `steps` if absent. */
  readonly until?: number;
  /** The step that the first epoch begins with; 0 if absent. */
  readonly batchesFrom?: number;
  /** What training makes small; cross-entropy if absent. */
  readonly loss?: Loss;
  /** Names of parameters that stay as they are, and whose gradients count for nothing; none if absent. */
  readonly frozen?: readonly string[];
  /** Initial weights, batch order and dropout come from it, each by a name of its own. */
  readonly random: Random;
  /** Examples per step; 32 if absent. */
  readonly batchSize?: number;
  /** Adam with learning rate 1e-3 if absent. */
  readonly optimizer?: OptimizerOptions;
  /** How the learning rate changes; constant if absent. */
  readonly schedule?: ScheduleOptions;
  /** What to measure while training; nothing if absent. */
  readonly probe?: {
    readonly data: Dataset;
    /** The first so many examples are measured; 160 if absent, or all if there are fewer. */
    readonly count?: number;
    /** Whether to measure after this step's update. */
    readonly at: (step: number) => boolean;
    readonly layers?: readonly string[];
    readonly pooling?: Pooling | 'published';
    readonly stage?: OutputStage;
    readonly attention?: boolean;
  };
  /** When to classify held-out examples; never if absent. */
  readonly evaluation?: { readonly data: Dataset; readonly at: (step: number) => boolean };
  /** When to keep a copy of the parameters as they were before the update; never if absent. */
  readonly before?: { readonly at: (step: number) => boolean };
  /** When to hand out a copy of the state; never if absent. */
  readonly checkpoint?: { readonly at: (step: number) => boolean };
  /** Goes on after this state's step. With the same other options the records are those of an uninterrupted run. */
  readonly resume?: TrainingState;
  /** Threads that divide every batch, and that ONNX Runtime takes inside one operator of the probe; 1 if absent. */
  readonly threads?: number;
}
