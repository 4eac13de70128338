import { isHolder, keepClaims } from './claims/claim-keeper.ts';
import { describeHolder } from './claims/claim-record.ts';
import type { ClaimStore } from './claims/claim-store.ts';
import { diskFull, isDiskFull } from './disk-full.ts';
import { hasEnded } from './has-ended.ts';
import { removeTemporaries } from './leftovers-store.ts';
import type { RunCost } from './run-cost.ts';
import type { RunPlan } from './run-plan.ts';
import { executeRuns, type RunLeave, type TimedOutcome } from './run-pool.ts';
import type { Room } from './run-queue.ts';

/** A run that another process trains. */
export interface RunElsewhere {
  readonly id: string;
  /** E.g. `process 4711 on node07`. */
  readonly holder: string;
}

export interface ClaimedExecution {
  readonly workers: number;
  /** What each run needs, by its id; all the same, if absent. */
  readonly costs?: ReadonlyMap<string, RunCost>;
  /** What they may take together; whatever they want, if absent. */
  readonly room?: Room;
  readonly signal?: AbortSignal;
  readonly onProgress?: (stepsDone: number, total: number, run: string) => void;
  readonly onOutcome?: (outcome: TimedOutcome) => unknown;
  readonly onElsewhere?: (runs: readonly RunElsewhere[]) => void;
}

/** What became of the runs. */
export interface ClaimedOutcomes {
  /** Of the runs that were trained here, in the order of the plans. */
  readonly outcomes: readonly TimedOutcome[];
  /** Ids of runs that another process has brought to their end. */
  readonly endedMeanwhile: readonly string[];
  readonly elsewhere: readonly RunElsewhere[];
  /** Ids of runs that were not begun because of the signal. */
  readonly waiting: readonly string[];
}

/**
 * Trains those of the runs that no other process holds, each claimed as its turn comes. Runs that were held are looked
 * at again at the end: their holder may have been interrupted.
 */
export async function executeClaimed(
  directory: string,
  plans: readonly RunPlan[],
  claims: ClaimStore,
  { workers, costs, room, signal, onProgress, onOutcome, onElsewhere }: ClaimedExecution,
): Promise<ClaimedOutcomes> {
  const outcomes = new Map<string, TimedOutcome>();
  const endedMeanwhile = new Set<string>();
  let elsewhere = runsElsewhere(plans, claims);
  if (elsewhere.length > 0) onElsewhere?.(elsewhere);
  let left = without(plans, elsewhere);
  const weightOf = stepWeights(plans, costs);
  const weighed = (some: readonly RunPlan[]): number =>
    some.reduce((sum, plan) => sum + plan.training.steps * weightOf(plan), 0);
  let total = weighed(left);

  const keeper = keepClaims(claims);
  const skip = (plan: RunPlan): null => {
    total -= weighed([plan]);
    return null;
  };
  const askLeave = (plan: RunPlan): RunLeave | null => {
    const { id } = plan;
    try {
      const answer = keeper.take(id);
      if (isHolder(answer)) return skip(plan);
      if (!hasEndedUnder(answer, directory, id)) {
        // Of a process that was killed since this one tidied up.
        removeTemporaries(directory, id);
        return answer;
      }
      answer.release();
      endedMeanwhile.add(id);
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      outcomes.set(id, { id, accuracy: null, stopped: diskFull, unfinished: true, seconds: 0, remarks: [] });
    }
    return skip(plan);
  };
  try {
    while (left.length > 0 && !signal?.aborted) {
      const before = weighed(plans.filter(({ id }) => outcomes.has(id)));
      const trained = await executeRuns(directory, left, workers, {
        ...{ askLeave, signal, onOutcome, costs, room, weightOf },
        onProgress: (done, run) => onProgress?.(before + done, total, run),
      });
      for (const outcome of trained) outcomes.set(outcome.id, outcome);
      const open = plans.filter(({ id }) => !outcomes.has(id) && !endedMeanwhile.has(id));
      elsewhere = runsElsewhere(open, claims);
      left = without(open, elsewhere);
      total = weighed(plans.filter(({ id }) => outcomes.has(id))) + weighed(left);
    }
  } finally {
    keeper.close();
  }
  return {
    outcomes: plans.flatMap(({ id }) => outcomes.get(id) ?? []),
    endedMeanwhile: [...endedMeanwhile],
    elsewhere,
    waiting: left.map(({ id }) => id),
  };
}

function hasEndedUnder(leave: RunLeave, directory: string, id: string): boolean {
  try {
    return hasEnded(directory, id);
  } catch (error) {
    leave.release();
    throw error;
  }
}

function runsElsewhere(plans: readonly RunPlan[], claims: ClaimStore): RunElsewhere[] {
  return plans.flatMap(({ id }) => {
    const holder = claims.holder(id);
    return holder === null ? [] : [{ id, holder: describeHolder(holder) }];
  });
}

function without(plans: readonly RunPlan[], others: readonly RunElsewhere[]): RunPlan[] {
  const ids = new Set(others.map(({ id }) => id));
  return plans.filter(({ id }) => !ids.has(id));
}

/** How much a step of each run counts towards the whole: by what it costs, so that the time left can be told; all steps add up to their number. */
function stepWeights(
  plans: readonly RunPlan[],
  costs: ReadonlyMap<string, RunCost> = new Map(),
): (plan: RunPlan) => number {
  const perStep = ({ id }: RunPlan): number => costs.get(id)?.perStep ?? 1;
  const steps = plans.reduce((sum, { training }) => sum + training.steps, 0);
  const work = plans.reduce((sum, plan) => sum + plan.training.steps * perStep(plan), 0);
  return (plan) => (perStep(plan) * steps) / work;
}
