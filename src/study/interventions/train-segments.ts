import type { Dataset } from '../../datasets/types.ts';
import { createRandom } from '../../numerics/random.ts';
import { initialWeights, type TrainingState, type TrainingStep, train } from '../../training/train.ts';
import type { TrainingOptions } from '../../training/training-options.ts';
import { planModel } from '../plan-model.ts';
import type { RunPlan } from '../run-plan.ts';
import { lossOf, optimizerOf, scheduleOf, trainingRandom } from '../training-options.ts';
import { layerParameters } from './layer-parameters.ts';
import { segmentExamples } from './segment-examples.ts';
import { type Segment, segmentsOf } from './segments.ts';

/** What of a training does not change with the segments. */
export interface SegmentedTraining extends Pick<TrainingOptions, 'before' | 'checkpoint' | 'resume'> {
  readonly plan: RunPlan;
  /** The run's training examples. */
  readonly data: Dataset;
  readonly vocabulary: number | null;
}

/**
 * Trains a planned run through its segments: at every intervention the training stops, is changed, and goes on from its
 * own state. A run without interventions is one training. Optimizers keep their memory over an intervention.
 *
 * @throws InputError if an intervention does not fit the network or its data.
 */
export async function* trainSegments(options: SegmentedTraining): AsyncGenerator<TrainingStep, void> {
  const { checkpoint, resume } = options;
  const segments = segmentsOf(options.plan);
  let state = resume;
  for (const segment of segments) {
    if (state !== undefined && state.step + 1 >= segment.until) continue;
    const last = segment.until - 1;
    const needsState = segment !== segments[segments.length - 1];
    const training = train({
      ...segmentOptions(options, segment, state),
      before: options.before,
      checkpoint: { at: (step) => (checkpoint?.at(step) ?? false) || (needsState && step === last) },
    });
    for await (const record of training) {
      if (record.state !== null) state = record.state;
      yield record.state === null || checkpoint?.at(record.step) ? record : { ...record, state: null };
      if (record.stopped !== null) return;
    }
  }
}

function segmentOptions(
  { plan, data, vocabulary }: SegmentedTraining,
  segment: Segment,
  state: TrainingState | undefined,
): TrainingOptions {
  const { from, until, training, dropout, batchesFrom } = segment;
  const architecture = dropout === null ? plan.architecture : { ...plan.architecture, dropout };
  const model = planModel({ ...plan, architecture }, { ...data, vocabulary });
  const random = createRandom(plan.seed);
  const ownRandom = random.fork('interventions');
  const parametersOf = (layers: readonly string[], field: string): string[] =>
    layers.flatMap((layer) => layerParameters(model, layer, `interventions: ${field}`));
  const anew = parametersOf(segment.reinitialized, 'reinitialize');
  const isAtStart = state !== undefined && state.step + 1 === from;
  const resumed =
    state === undefined || !isAtStart || anew.length === 0
      ? state
      : withInitialValues(state, initialWeights(model, ownRandom.fork(from)), anew);
  return {
    model,
    data: segmentExamples(data, segment.data, ownRandom, vocabulary),
    steps: plan.training.steps,
    until,
    batchesFrom,
    frozen: parametersOf(segment.frozen, 'freeze'),
    random: trainingRandom(random),
    batchSize: training.batchSize,
    loss: lossOf(training),
    optimizer: optimizerOf(training),
    schedule: scheduleOf(training),
    threads: training.threads,
    resume: resumed,
  };
}

function withInitialValues(
  state: TrainingState,
  initial: TrainingState['parameters'],
  names: readonly string[],
): TrainingState {
  const parameters = new Map(state.parameters);
  for (const name of names) parameters.set(name, initial.get(name)!);
  return { ...state, parameters };
}
