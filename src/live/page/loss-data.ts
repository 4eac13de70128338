import type { Known } from '../messages.ts';
import type { PageRun } from './study-state.ts';

/** Loss, held-out loss and accuracy over the steps at which any of them is known. */
export interface LossData {
  readonly steps: number[];
  readonly loss: Known[];
  readonly heldOut: Known[];
  readonly accuracy: Known[];
}

/** Puts measurements and evaluations, which come at steps of their own, on one axis. */
export function lossData({ steps, loss, facts }: PageRun): LossData {
  const rows = new Map<number, [Known, Known, Known]>();
  for (const [i, step] of steps.entries()) rows.set(step, [loss[i], null, null]);
  for (const [step, accuracy, heldOut] of facts.evaluations) {
    rows.set(step, [rows.get(step)?.[0] ?? null, heldOut, accuracy]);
  }
  const sorted = [...rows].sort(([a], [b]) => a - b);
  return {
    steps: sorted.map(([step]) => step),
    loss: sorted.map(([, [value]]) => value),
    heldOut: sorted.map(([, [, value]]) => value),
    accuracy: sorted.map(([, [, , value]]) => value),
  };
}
