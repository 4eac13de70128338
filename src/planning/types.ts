/** Measurements around something: where to look before it, in the middle of it, and after it. */
export interface CheckpointWindow {
  readonly layer: string;
  /**
   * What happens in it; `none` for a control: the same layer of the same run, as long a window, in which the curve is level
   * or wanders without a direction.
   */
  readonly change: 'rise' | 'fall' | 'none';
  /** Of a rise or fall, how quick it is; null for a control. */
  readonly pace: 'jump' | 'fast' | 'gradual' | null;
  /** Training steps that were measured, before < during < after. */
  readonly before: number;
  readonly during: number;
  readonly after: number;
  /** Of a rise or fall: p-value of the stretch. */
  readonly pValue: number | null;
  /** Index of the run's window that this control was matched to; null for a change. */
  readonly controlOf: number | null;
  /** Of a control: what the curve does there. */
  readonly quiet: 'level' | 'wander' | null;
}

/** What is planned for a run. */
export interface RunCheckpoints {
  readonly run: string;
  /** When to save, ascending; the last measured step is always among them. */
  readonly steps: readonly number[];
  /** Changes first, then their controls; empty for the strategies that look at nothing. */
  readonly windows: readonly CheckpointWindow[];
  /** Changes that have no control, and why. */
  readonly unmatched: readonly { readonly window: number; readonly reason: string }[];
}

export const strategies = ['targeted', 'even', 'logarithmic'] as const;
export type Strategy = (typeof strategies)[number];

/** When to save checkpoints. */
export interface CheckpointPlan {
  readonly format: 'rankscope-plan';
  readonly schemaVersion: 1;
  readonly strategy: Strategy;
  /** The series that was looked at; null for the strategies that look at nothing. */
  readonly metric: string | null;
  /** Every step of any run, ascending: what a trainer of one run needs to know. */
  readonly steps: readonly number[];
  readonly runs: readonly RunCheckpoints[];
}
