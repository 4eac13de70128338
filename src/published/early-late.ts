import { mean } from '../numerics/moments.ts';
import { MEASUREMENT_INTERVAL } from './jump-window.ts';
import type { Jump } from './jumps.ts';
import type { LoggedRun } from './logged-run.ts';
import { float, type PythonDict, type PythonValue, pandasCsv } from './python-format.ts';

const EARLY_END = 0.1;
const MID_END = 0.5;
const LATE_END = 1;
/** Measurements before and after a jump between which the loss change is taken. */
const LOSS_REACH = 2;
const CLASSIFIER_DEPTH = 999;

const TIMINGS = ['early', 'mid', 'late'] as const;
type Timing = (typeof TIMINGS)[number];

interface LossChange {
  readonly experiment: string;
  readonly timing: Timing;
  readonly jumps: number;
  readonly meanChange: number;
  readonly improvingShare: number;
}

/**
 * The content of `early_late_results.json` and the rows of `loss_correlations.csv`.
 *
 * Known faults, kept: the bins are open on the left, so a jump at phase 0 is in none of them (252 of 2,991); `phase`
 * is a fifth of the true share, so "early" ends at half the run and nothing can be "late"; a `step` that already is
 * an index is divided by the interval; the depth of a layer is the first number in its name.
 *
 * @param jumps all jumps as read back from CSV.
 * @param runs the runs whose loss is looked at, in published order.
 */
export function compareEarlyWithLate(jumps: readonly Jump[], runs: readonly LoggedRun[]) {
  const of = (timing: Timing): Jump[] => jumps.filter((jump) => timingOf(jump.phase) === timing);
  const [early, mid, late] = TIMINGS.map(of);
  const losses = runs.flatMap((run) => lossChanges(jumps, run));
  return {
    results: {
      summary: {
        total_jumps: jumps.length,
        early_jumps: early.length,
        mid_jumps: mid.length,
        late_jumps: late.length,
        early_fraction: float(early.length / jumps.length),
        late_fraction: float(late.length / jumps.length),
        early_characteristics: characteristics(early),
        late_characteristics: characteristics(late),
      },
      loss_correlations: losses.map(publishedRow),
    } satisfies PythonDict,
    lossTable: lossTable(losses),
  };
}

/** (0, 0.1] early, (0.1, 0.5] mid, (0.5, 1] late; null outside, and so for phase 0. */
export function timingOf(phase: number): Timing | null {
  if (!(phase > 0) || phase > LATE_END) return null;
  if (phase <= EARLY_END) return 'early';
  return phase <= MID_END ? 'mid' : 'late';
}

/** The first whole number in a layer's name; 999 for a classifier without one; otherwise 0. */
export function firstNumber(layer: string): number {
  const digits = /\d+/.exec(layer);
  if (digits !== null) return Number(digits[0]);
  return layer.toLowerCase().includes('fc') ? CLASSIFIER_DEPTH : 0;
}

/** The text of `loss_correlations.csv`. */
function lossTable(losses: readonly LossChange[]): string {
  const rows = losses.map(publishedRow);
  return pandasCsv(
    Object.keys(rows[0] ?? {}),
    rows.map((row) => Object.values(row)),
  );
}

/** A mean over no jumps was published as the integer 0. */
function characteristics(jumps: readonly Jump[]) {
  const meanOf = (value: (jump: Jump) => number): PythonValue =>
    jumps.length === 0 ? 0 : float(mean(jumps.map(value)));
  return {
    mean_magnitude: meanOf((jump) => jump.magnitude),
    mean_speed: meanOf((jump) => jump.speed),
    mean_layer_depth: meanOf((jump) => firstNumber(jump.layer)),
  };
}

/** One row for each timing in which the run has jumps away from the ends of the log. */
function lossChanges(jumps: readonly Jump[], { name, loss }: LoggedRun): LossChange[] {
  return TIMINGS.flatMap((timing) => {
    const own = jumps.filter((jump) => jump.experiment === name && timingOf(jump.phase) === timing);
    const changes = own
      .map((jump) => Math.floor(jump.step / MEASUREMENT_INTERVAL))
      // Index 2 would have two measurements before it, but the published condition leaves it out.
      .filter((index) => index > LOSS_REACH && index + LOSS_REACH < loss.length)
      .map((index) => loss[index + LOSS_REACH] - loss[index - LOSS_REACH]);
    if (changes.length === 0) return [];
    return [
      {
        experiment: name,
        timing,
        jumps: own.length,
        meanChange: mean(changes),
        improvingShare: changes.filter((change) => change < 0).length / changes.length,
      },
    ];
  });
}

function publishedRow(row: LossChange) {
  return {
    experiment: row.experiment,
    timing: row.timing,
    num_jumps: row.jumps,
    mean_loss_change: float(row.meanChange),
    loss_improving_fraction: float(row.improvingShare),
  };
}
