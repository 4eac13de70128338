import type { Run } from '../../measurements/types.ts';
import type { Mover } from './movers.ts';
import type { LeftOut, Quantity } from './run-series.ts';

export interface RunChangesOptions {
  /** Chance of any change reported in a run in which nothing changes. Default 0.05. */
  readonly alpha?: number;
  /**
   * Control runs, in which nothing changes: the run is then compared with them, step by step, instead of with its own past. They need the
   * layers and steps of the run; those that differ are left out, and at least two must be left.
   */
  readonly against?: readonly Run[];
}

/** When a run changed, or why that cannot be said. JSON-friendly. */
export type RunChanges =
  | {
      readonly testable: true;
      readonly alpha: number;
      /** In order of place. */
      readonly changes: readonly RunChange[];
      /** Chance that a run in which nothing changes shows anything as strong as this one does; at least 0.0005. */
      readonly pValue: number;
      /** First and last training step at which a change would have been seen. */
      readonly tested: readonly [number, number];
      /** Runs of the condition, and controls that they were compared with; 0 where with their own past. */
      readonly runs: number;
      readonly controls: number;
      readonly leftOut: readonly (LeftOut & { readonly run: string })[];
    }
  | { readonly testable: false; readonly reason: string };

/** A step at which a run as a whole changed. */
export interface RunChange {
  /** Index of the first measurement of the new regime. */
  readonly index: number;
  /** Training step of that measurement. */
  readonly step: number;
  /** Training steps between which the change lies. */
  readonly interval: readonly [number, number];
  /**
   * `change`, or `recovery`: the run stands out from what it did before an earlier change, but not from what it has been doing since.
   */
  readonly kind: 'change' | 'recovery';
  /** Of a recovery: the step of the change that it follows; null for a change. */
  readonly after: number | null;
  /** Multiple of what alpha allows, above 1. */
  readonly strength: number;
  /** Chance that a run in which nothing changes shows anything as strong; at least 0.0005. */
  readonly pValue: number;
  /** What gave the alarm: the quantity, over all its series, and how many measurements on either side were compared. */
  readonly quantity: Quantity;
  readonly width: number;
  /** The series that carry the change, the strongest first; of several runs: those of the first. */
  readonly moved: readonly Mover[];
}
