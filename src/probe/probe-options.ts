import type { Optimization } from '../training/session-model.ts';

/** How a network is probed, whatever it is given as. */
export interface ProbeOptions {
  /** The run's id. */
  readonly id: string;
  /** Nodes, outputs or operators to measure; null for every one that is a layer. */
  readonly nodes: readonly string[] | null;
  /** Examples to take; null for all. */
  readonly samples: number | null;
  /** Class of every example, for accuracy and loss; null for none. */
  readonly labels: ArrayLike<number> | null;
  /** The output [examples, classes] that labels are held against; null for the only one, or the one of that name. */
  readonly logits: string | null;
  readonly optimization: Optimization;
  readonly threads: number;
  /** Called before each checkpoint with how many are done. */
  readonly onCheckpoint?: (done: number, path: string) => void;
}
