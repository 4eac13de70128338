import { describeCurve } from '../dynamics/stretches/describe-curve.ts';
import { InputError } from '../errors/input-error.ts';
import type { Run } from '../measurements/types.ts';
import { changeWindows, type LayerCurve, type PlacedWindow } from './change-windows.ts';
import { controlWindows } from './control-windows.ts';
import type { CheckpointPlan, CheckpointWindow, RunCheckpoints, Strategy } from './types.ts';

export interface PlanOptions {
  /** Default `targeted`. */
  readonly strategy?: Strategy;
  /** Id of the series that `targeted` looks at, `stable_rank` for one. */
  readonly metric: string;
  /** Checkpoints per run, at most (the last step comes on top); default 60. Of changes, the surest are kept. */
  readonly number?: number;
  /** Measurements on either side of a change beyond the intervals of its start and end; default 1. */
  readonly window?: number;
  /** Chance of a rise or fall where there is none, per curve; default 0.05. */
  readonly alpha?: number;
}

/**
 * Plans when to save checkpoints.
 *
 * - `targeted`: before, during and after every rise and fall of every layer, and the same in *matched control windows* of the
 *   same run and layer in which nothing has a direction, so that what changes inside the network can be held against what
 *   changes there anyway;
 * - `even`: as many steps, evenly;
 * - `logarithmic`: evenly on a logarithmic axis, dense early.
 *
 * All are steps that were measured; the last one, and the last of training, are always among them.
 *
 * @throws InputError if a run lacks the series, or an option is out of range.
 * @example
 * const short = runOf({ id: 'mine', steps: [0, 10, 20, 30], layers: { encoder: { stable_rank: [9, 5, 4, 4] } } });
 * planCheckpoints([short], { metric: 'stable_rank', strategy: 'even', number: 3 }).steps // [0, 10, 30]
 */
export function planCheckpoints(runs: readonly Run[], options: PlanOptions): CheckpointPlan {
  const { strategy = 'targeted', number = 60, window = 1, metric } = options;
  checkCount('number', number, 1, 100_000);
  checkCount('window', window, 0, 1000);
  const plans = runs.map((run) =>
    strategy === 'targeted'
      ? targeted(run, { ...options, number, window })
      : {
          run: run.id,
          steps: ascending([...spaced(run.steps, number, strategy), ...endOf(run)]),
          windows: [],
          unmatched: [],
        },
  );
  return {
    ...{ format: 'rankscope-plan', schemaVersion: 1, strategy },
    metric: strategy === 'targeted' ? metric : null,
    steps: ascending(plans.flatMap(({ steps }) => steps)),
    runs: plans,
  };
}

function targeted(
  run: Run,
  { metric, number, window, alpha }: PlanOptions & { number: number; window: number },
): RunCheckpoints {
  const curves = run.layers.map((layer): LayerCurve => {
    const values = layer.series.get(metric)?.values;
    if (values === undefined) {
      const known = [...layer.series.keys()].join(', ');
      throw new InputError({
        field: `${run.id}, layer ${layer.name}`,
        value: metric,
        allowed: `a series it has: ${known}`,
      });
    }
    return {
      layer: layer.name,
      steps: run.steps,
      curve: describeCurve({ steps: run.steps, values }, { alpha }),
    };
  });
  const surest = curves
    .flatMap((curve) => changeWindows(curve, window))
    .sort((a, b) => (a.pValue ?? 1) - (b.pValue ?? 1) || a.before - b.before);
  // A change is planned with its control or not at all, as long as both fit.
  let kept: PlacedWindow[] = [];
  let { controls, unmatched } = controlWindows(curves, kept);
  for (const change of surest) {
    const more = [...kept, change];
    const matched = controlWindows(curves, more);
    if (stepsOf([...more, ...matched.controls]).length > number) continue;
    kept = more;
    ({ controls, unmatched } = matched);
  }
  const windows = [...kept, ...controls];
  return {
    run: run.id,
    steps: ascending([...stepsOf(windows), ...endOf(run)]),
    windows: windows.map(({ first: _, last: __, ...rest }): CheckpointWindow => rest),
    unmatched,
  };
}

function stepsOf(windows: readonly CheckpointWindow[]): number[] {
  return ascending(windows.flatMap(({ before, during, after }) => [before, during, after]));
}

/** The last measured step, and the last step of training. */
function endOf({ steps, plannedSteps }: Run): number[] {
  const last = steps[steps.length - 1];
  return [last, Math.max(last, plannedSteps - 1)];
}

/** So many of the measured steps, the first and the last among them. */
function spaced(steps: ArrayLike<number>, number: number, strategy: Strategy): number[] {
  const all = Array.from(steps);
  const [from, to] = [all[0], all[all.length - 1]];
  const along = (share: number): number =>
    strategy === 'even' ? from + share * (to - from) : from + Math.expm1(share * Math.log1p(to - from));
  const nearest = (step: number): number =>
    all.reduce((best, own) => (Math.abs(own - step) < Math.abs(best - step) ? own : best));
  const wanted = Array.from({ length: number }, (_, k) =>
    nearest(along(number === 1 ? 1 : k / (number - 1))),
  );
  return ascending([...wanted, to]);
}

function ascending(steps: readonly number[]): number[] {
  return [...new Set(steps)].sort((a, b) => a - b);
}

function checkCount(field: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new InputError({ field, value, allowed: `a whole number from ${least} to ${most}` });
  }
}
