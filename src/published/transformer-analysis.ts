import { InputError } from '../errors/input-error.ts';
import { mean } from '../numerics/moments.ts';
import type { ExperimentPlan, PlannedJump, PlannedType } from './checkpoint-plan.ts';
import { type JumpWindow, jumpWindow } from './jump-window.ts';
import type { LoggedRun } from './logged-run.ts';
import { float, type PythonDict, type PythonValue } from './python-format.ts';

/**
 * Of two thresholds in the published script, the one for the `num_coordinated_layers` column. Stable ranks there
 * move by 1e-11, so the column is 0 throughout.
 */
const VISIBLE_CHANGE = 0.01;

interface SeenJump {
  readonly number: number;
  readonly planned: PlannedJump;
  readonly window: JumpWindow;
}

/**
 * The content of `transformer_analysis_results.json`: the planned jumps of one transformer.
 *
 * Known faults, kept: the "late" jumps lie at a fifth of the run; `linear2` is counted as an attention output
 * projection although it is the second feed-forward layer.
 *
 * @throws InputError where the log ends before the window of each planned jump.
 */
export function analyseTransformer(run: LoggedRun, plan: ExperimentPlan) {
  const seen = plan.jumps.flatMap((planned, i): SeenJump[] => {
    const window = jumpWindow(run, planned);
    return window === null ? [] : [{ number: i + 1, planned, window }];
  });
  if (seen.length === 0) {
    throw new InputError({
      file: run.name,
      field: 'measurements',
      value: run.loss.length,
      allowed: 'a log that reaches a planned jump',
    });
  }
  const linear2 = countLayers(plan, 'linear2');
  const linear1 = countLayers(plan, 'linear1');
  return {
    summary: {
      num_jumps_analyzed: plan.jumps.length,
      mean_coordination: float(mean(seen.map(coordination))),
      mean_loss_change: float(mean(seen.map(lossChange))),
      early_jumps: summarizeType(seen, 'Type 5 (early, large)'),
      late_jumps: summarizeType(seen, 'Type 4 (late, large)'),
      layer_patterns: {
        linear2_jumps: linear2,
        linear1_jumps: linear1,
        ratio: float(linear2 / Math.max(linear1, 1)),
      },
    },
    jump_details: seen.map(detail),
    coordination_details: seen.map((jump) => ({
      jump_num: jump.number,
      coordination_score: float(coordination(jump)),
      num_layers_changing: jump.window.coordinatedLayers,
      total_layers: jump.window.layerChanges.length,
      mean_change: float(addedInTurn(jump.window.layerChanges) / jump.window.layerChanges.length),
    })),
  } satisfies PythonDict;
}

/** A mean over no jumps was published as the integer 0, except for the coordination, converted to a float. */
function summarizeType(seen: readonly SeenJump[], type: PlannedType) {
  const own = seen.filter((jump) => jump.planned.type === type);
  const meanOf = (value: (jump: SeenJump) => number): PythonValue =>
    own.length === 0 ? 0 : float(mean(own.map(value)));
  return {
    count: own.length,
    mean_phase: meanOf((jump) => jump.planned.jump.phase),
    mean_loss_change: meanOf(lossChange),
    mean_coordination: own.length === 0 ? float(0) : meanOf(coordination),
  };
}

function detail({ number, planned, window }: SeenJump): PythonValue {
  return {
    jump_num: number,
    type: planned.type,
    step: planned.jump.step,
    phase: float(planned.jump.phase),
    cluster: planned.jump.cluster,
    target_layer: planned.jump.layer,
    dim_before: float(window.dimBefore),
    dim_during: float(window.dimDuring),
    dim_after: float(window.dimAfter),
    dim_change: float(Math.abs(window.dimAfter - window.dimBefore)),
    loss_before: float(window.lossBefore),
    loss_after: float(window.lossAfter),
    loss_change: float(window.lossAfter - window.lossBefore),
    num_coordinated_layers: window.layerChanges.filter((change) => change > VISIBLE_CHANGE).length,
  };
}

function coordination({ window }: SeenJump): number {
  return window.coordinatedLayers / window.layerChanges.length;
}

function lossChange({ window }: SeenJump): number {
  return window.lossAfter - window.lossBefore;
}

function countLayers(plan: ExperimentPlan, part: string): number {
  return plan.jumps.filter(({ jump }) => jump.layer.includes(part)).length;
}

/** Plain Python addition, not NumPy's: the last bit depends on it. */
function addedInTurn(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
