import type { PlannedJump } from './checkpoint-plan.ts';
import type { LoggedRun } from './logged-run.ts';

/** Training steps between measurements, as the published scripts assume it. */
export const MEASUREMENT_INTERVAL = 5;
/** A layer "moves with" a jump if its stable rank changes by more than this. */
const COORDINATED_CHANGE = 1e-9;

/** Stable rank and loss around a planned jump, at its three checkpoints. */
export interface JumpWindow {
  readonly dimBefore: number;
  readonly dimDuring: number;
  readonly dimAfter: number;
  readonly lossBefore: number;
  readonly lossAfter: number;
  /** |after − before| of every layer, in log order. */
  readonly layerChanges: readonly number[];
  /** Layers that changed by more than 1e-9. */
  readonly coordinatedLayers: number;
}

/**
 * What the log says around a planned jump; null where the window ends behind the log.
 *
 * Known fault, kept: checkpoints are already indices of measurements, and are divided by the interval a second time,
 * so the window looked at lies at a fifth of the jump's time.
 */
export function jumpWindow(run: LoggedRun, { jump, checkpoints }: PlannedJump): JumpWindow | null {
  const [before, during, after] = checkpoints.map((step) => Math.floor(step / MEASUREMENT_INTERVAL));
  if (after >= run.loss.length) return null;
  const own = run.stableRank.get(jump.layer)!;
  const layerChanges = [...run.stableRank.values()].map((series) => Math.abs(series[after] - series[before]));
  return {
    dimBefore: own[before],
    dimDuring: own[during],
    dimAfter: own[after],
    lossBefore: run.loss[before],
    lossAfter: run.loss[after],
    layerChanges,
    coordinatedLayers: layerChanges.filter((change) => change > COORDINATED_CHANGE).length,
  };
}
