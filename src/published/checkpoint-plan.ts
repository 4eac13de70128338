import { InputError } from '../errors/input-error.ts';
import type { Jump } from './jumps.ts';
import { float, type PythonValue, pythonJson } from './python-format.ts';

/** The three runs that the second phase looks at, in its order. */
export const PLANNED_EXPERIMENTS = ['transformer_deep_mnist', 'cnn_deep_mnist', 'mlp_narrow_mnist'] as const;

const JUMPS_PER_EXPERIMENT = 5;
const CHECKPOINT_WINDOW = 10;

/** The clusters as the study named them. The numbers are k-means labels; the names are what was hoped of them. */
const EARLY = { cluster: 4, type: 'Type 5 (early, large)' } as const;
const LATE = { cluster: 3, type: 'Type 4 (late, large)' } as const;
const MID = { cluster: 2, type: 'Type 3 (mid, moderate)' } as const;

export type PlannedType = (typeof EARLY | typeof LATE | typeof MID)['type'];

export interface PlannedJump {
  readonly type: PlannedType;
  readonly jump: Jump;
  /** Before, during and after: ten below (not under 0), at, and ten above the jump's index. */
  readonly checkpoints: readonly [number, number, number];
}

export interface ExperimentPlan {
  readonly jumps: readonly PlannedJump[];
  /** All checkpoints once, ascending. */
  readonly checkpointSteps: readonly number[];
}

/** Chooses the mid jump of an experiment. The study drew it at random from an unseeded generator. */
export type DrawMidJump = (candidates: readonly Jump[], experiment: string) => Jump;

/**
 * The checkpoint plan as published: up to five jumps for each of three runs.
 *
 * Known faults, kept: cluster 3 has six members, none of them in these runs, so "late, large" falls back to the two
 * latest jumps whatever their size; if a cluster has one member in the run it is dropped for the fallback too; the
 * checkpoints are index ± 10 although an index is five training steps.
 *
 * @param jumps as read back from CSV (`readBack`), in table order.
 * @throws InputError if one of the three runs has no jump.
 */
export function planCheckpoints(jumps: readonly Jump[], draw: DrawMidJump): Map<string, ExperimentPlan> {
  return new Map(
    PLANNED_EXPERIMENTS.map((experiment) => {
      const own = jumps.filter((jump) => jump.experiment === experiment);
      if (own.length === 0) {
        throw new InputError({
          field: experiment,
          allowed: 'a log of this name with at least one published jump',
        });
      }
      return [experiment, planExperiment(own, (candidates) => draw(candidates, experiment))] as const;
    }),
  );
}

/** The jumps of a run from which the mid jump was drawn; none where the plan falls back to the median phase. */
export function midJumpCandidates(jumps: readonly Jump[], experiment: string): Jump[] {
  return jumps.filter((jump) => jump.experiment === experiment && jump.cluster === MID.cluster);
}

/** Whether a planned jump is the one drawn at random. */
export function isMidType(type: unknown): boolean {
  return type === MID.type;
}

/** The text of `checkpoint_plan.json`. */
export function checkpointPlan(plan: ReadonlyMap<string, ExperimentPlan>): string {
  return pythonJson(
    new Map(
      [...plan].map(([experiment, { jumps, checkpointSteps }]) => [
        experiment,
        { jumps: jumps.map(publishedJump), checkpoint_steps: checkpointSteps },
      ]),
    ),
  );
}

function planExperiment(own: readonly Jump[], draw: (candidates: readonly Jump[]) => Jump): ExperimentPlan {
  const jumps = [
    ...twoLargest(own, EARLY.cluster, (a, b) => a.phase - b.phase).map((jump) => planned(EARLY.type, jump)),
    ...twoLargest(own, LATE.cluster, (a, b) => b.phase - a.phase).map((jump) => planned(LATE.type, jump)),
    planned(MID.type, midJump(own, draw)),
  ]
    .sort((a, b) => a.jump.step - b.jump.step)
    .slice(0, JUMPS_PER_EXPERIMENT);
  const steps = new Set(jumps.flatMap(({ checkpoints }) => checkpoints));
  return { jumps, checkpointSteps: [...steps].sort((a, b) => a - b) };
}

/** The two largest jumps of a cluster, or the first two in the fallback's order; ties keep table order. */
function twoLargest(own: readonly Jump[], cluster: number, fallback: (a: Jump, b: Jump) => number): Jump[] {
  const members = own.filter((jump) => jump.cluster === cluster);
  const ranked =
    members.length < 2 ? [...own].sort(fallback) : members.sort((a, b) => b.magnitude - a.magnitude);
  return ranked.slice(0, 2);
}

function midJump(own: readonly Jump[], draw: (candidates: readonly Jump[]) => Jump): Jump {
  const candidates = own.filter((jump) => jump.cluster === MID.cluster);
  if (candidates.length > 0) return draw(candidates);
  const middle = median(own.map((jump) => jump.phase));
  const distance = (jump: Jump): number => Math.abs(jump.phase - middle);
  return own.reduce((nearest, jump) => (distance(jump) < distance(nearest) ? jump : nearest));
}

function planned(type: PlannedType, jump: Jump): PlannedJump {
  const { step } = jump;
  return { type, jump, checkpoints: [Math.max(0, step - CHECKPOINT_WINDOW), step, step + CHECKPOINT_WINDOW] };
}

function publishedJump({ type, jump, checkpoints }: PlannedJump): PythonValue {
  return {
    type,
    cluster: jump.cluster,
    step: jump.step,
    phase: float(jump.phase),
    magnitude: float(jump.magnitude),
    layer: jump.layer,
    checkpoints,
  };
}

/** The mean of the two middle values, as NumPy rounds it; interpolation between them may round otherwise. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
