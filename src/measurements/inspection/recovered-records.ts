import type { Line } from '../log/line-splitter.ts';

/** Records that are whole by themselves, in the order in which they were written, and where others are lost. */
export interface RecoveredRecords {
  /** Without the header. */
  readonly entries: readonly (Line | { readonly lost: number })[];
  /** Damaged lines of which is not known what record they were, and which may be missing among the entries. */
  readonly unplaced: number;
  /** What follows the last line end is no whole record: the log was cut, or is being written. */
  readonly isTorn: boolean;
}
