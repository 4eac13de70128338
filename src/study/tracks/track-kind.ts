import type { Dataset } from '../../datasets/types.ts';
import type { Model } from '../../models/model.ts';
import type { RunPlan } from '../run-plan.ts';
import type { TrackKey } from '../study-schema.ts';
import type { TrackMeter } from './track-meter.ts';

/** A track that a study file may ask for: what it needs, and how it is measured in one run. */
export interface TrackKind {
  /** Its key in a study file and a run's plan. */
  readonly key: TrackKey;
  /** Of the track in the log. */
  readonly id: string;
  /** Whether the run's network has what is measured; any has if absent. One that has not has no such track. */
  readonly has?: (plan: RunPlan) => boolean;
  /** @throws InputError if it asks for what the run does not have. */
  readonly assert: (plan: RunPlan) => void;
  /**
   * Prepares the measurement of one run; asked only of a plan that has its key.
   * @param data the run's training examples.
   */
  readonly open: (plan: RunPlan, model: Model, data: Dataset) => TrackMeter;
}
