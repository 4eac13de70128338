import type { RunPlan } from '../run-plan.ts';
import type { TrainingSettings } from '../training-settings.ts';
import type { Intervention } from './intervention-schema.ts';

/** Steps of a run that are taken under the same conditions. */
export interface Segment {
  /** First step, and the step after the last one. */
  readonly from: number;
  readonly until: number;
  readonly training: TrainingSettings;
  /** In place of what the architecture says; null: as it says. */
  readonly dropout: number | null;
  readonly data: SegmentData;
  /** Layers that start anew before `from`. */
  readonly reinitialized: readonly string[];
  readonly frozen: readonly string[];
  /** The step with which the batches begin their first epoch. */
  readonly batchesFrom: number;
}

/** How the training examples of a segment come from those of the run. */
export interface SegmentData {
  readonly select: 'all' | { readonly classes: readonly number[] } | { readonly examples: number };
  readonly labels: 'true' | 'permuted' | 'shuffled';
  /** `blank`: 0 from the first of these numbers of an example to the last. */
  readonly inputs: 'original' | 'inverted' | { readonly blank: readonly [number, number] };
  /** Names the random draws of `permuted` and `shuffled`: the step at which they were asked for. */
  readonly drawnAt: number;
}

const untouched: SegmentData = { select: 'all', labels: 'true', inputs: 'original', drawnAt: 0 };

/**
 * The segments of a run, one after another: a run without interventions is one segment. Batches go on in their order over
 * an intervention, so that a run and its control see the same examples, unless data or batch size change.
 */
export function segmentsOf({
  training,
  interventions = [],
}: Pick<RunPlan, 'training' | 'interventions'>): Segment[] {
  const first: Segment = {
    from: 0,
    until: training.steps,
    training,
    dropout: null,
    data: untouched,
    reinitialized: [],
    frozen: [],
    batchesFrom: 0,
  };
  const segments = [first];
  for (const intervention of interventions) {
    const before = segments[segments.length - 1];
    if (intervention.at === before.from) segments.pop();
    else segments[segments.length - 1] = { ...before, until: intervention.at };
    segments.push(changedBy(intervention, before, training.steps));
  }
  return segments;
}

function changedBy(
  { at, set = {}, labels, inputs, data, reinitialize, freeze }: Intervention,
  before: Segment,
  until: number,
): Segment {
  const { dropout, ...options } = set;
  const settings = { ...before.training, ...options };
  const select = data ?? before.data.select;
  const isNewOrder = data !== undefined || settings.batchSize !== before.training.batchSize;
  return {
    from: at,
    until,
    training: settings,
    dropout: dropout ?? before.dropout,
    data: {
      select,
      labels: labels ?? before.data.labels,
      inputs: inputs ?? before.data.inputs,
      drawnAt: labels === undefined ? before.data.drawnAt : at,
    },
    reinitialized: reinitialize === undefined ? [] : [reinitialize].flat(),
    frozen: freeze === undefined ? before.frozen : freeze === 'none' ? [] : [freeze].flat(),
    batchesFrom: isNewOrder ? at : before.batchesFrom,
  };
}
