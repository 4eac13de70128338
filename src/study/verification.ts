import type { LogInspection } from '../measurements/inspection/inspect-log.ts';

/** Whether the files of a study are what was written. */
export interface StudyVerification {
  /** Whether nothing that was written is damaged or lost, as far as that can be known. */
  readonly isWhole: boolean;
  readonly manifest: ManifestVerdict;
  /** In study order. */
  readonly runs: readonly RunVerdict[];
  /** Names of logs in `runs/` that are of no run in the manifest. */
  readonly strays: readonly string[];
}

export interface ManifestVerdict {
  /** `unsealed`: of version 1, which has no checksum. */
  readonly state: 'whole' | 'unsealed' | 'damaged' | 'missing';
  readonly fault: string | null;
}

export interface RunVerdict {
  readonly run: string;
  /**
   * `ended` and `interrupted` runs have logs that are whole as far as they go; `absent`: no log, of a run that may never
   * have been started; `missing`: no log, of a run that had one.
   */
  readonly state: 'ended' | 'interrupted' | 'absent' | 'missing' | 'damaged';
  /** Null without a log. */
  readonly log: LogVerdict | null;
  /** From the newest to the oldest. */
  readonly checkpoints: readonly CheckpointVerdict[];
  /** Steps of checkpoints that were saved and are not there: removed, or lost. A run is whole without them. */
  readonly absentCheckpoints: readonly number[];
}

export type LogVerdict = Pick<
  LogInspection,
  'version' | 'whole' | 'lost' | 'isTorn' | 'faults' | 'faultCount'
> & {
  /** The last measured training step; null where there is none. */
  readonly lastStep: number | null;
  /** Records that were lost before the log was repaired. */
  readonly lostBefore: number;
};

export interface CheckpointVerdict {
  readonly file: string;
  /** `unsealed`: of version 1, which has no digest. */
  readonly state: 'whole' | 'unsealed' | 'damaged';
  readonly fault: string | null;
}

/** Whether what there is of a run is what was written, and nothing that it had is gone. */
export function isWholeRun({ state, checkpoints }: RunVerdict): boolean {
  return (
    state !== 'damaged' && state !== 'missing' && checkpoints.every((entry) => entry.state !== 'damaged')
  );
}

/** What became of a study that was repaired. */
export interface RepairedStudy {
  /** Runs with a log in the new study. */
  readonly runs: readonly string[];
  /** What is lost, a sentence each; also in the new study's manifest. Empty where everything is whole. */
  readonly lost: readonly string[];
}
