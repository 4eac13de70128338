import type { FigureSpec } from '../../figures/types.ts';
import type { CheckpointReading } from '../../mechanisms/checkpoint-reading.ts';

/** What is known of the inside of one run, from some of its checkpoints. */
export interface InsideRun {
  readonly run: string;
  /** By ascending step, on the same examples. */
  readonly readings: readonly CheckpointReading[];
  /** What the network loses without each part, at the last of them; empty where nothing was taken out. */
  readonly ablations: readonly {
    readonly part: string;
    readonly replacement: string;
    readonly loss: number | null;
  }[];
}

/** The same picture at several checkpoints, moved through with a slider. */
export interface FramedFigure {
  /** Ending of its files' names. */
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  readonly frames: readonly { readonly step: number; readonly spec: FigureSpec }[];
}
