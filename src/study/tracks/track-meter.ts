import type { TrackHeader } from '../../measurements/run-header.ts';
import type { SubjectRecord, TrackRecord } from '../../measurements/track-record.ts';
import type { NamedTensors } from '../../training/train.ts';
import type { NetworkReader } from '../network-reader.ts';

/** The weights around the update of a step. */
export interface WeightsAround {
  readonly before: NamedTensors;
  /** The live parameters: the next step changes them. */
  readonly after: NamedTensors;
}

/** What was measured of a track at an earlier step, as its log has it. */
export type TrackReading = Omit<TrackRecord, 'track'>;

/** Measures one track of a run; see `Track`. */
export interface TrackMeter {
  readonly header: TrackHeader;
  /** Whether the run is to be measured after this step. */
  isDue(step: number): boolean;
  /** Whether training may go on while it measures: what it needs of the weights is copied before `measure` returns. */
  readonly concurrent: boolean;
  /**
   * @param previous the reading before, which may be under way; null at the first.
   * @returns one record per subject of the header.
   */
  measure(
    weights: WeightsAround,
    reader: NetworkReader,
    previous: Promise<TrackReading | null>,
  ): Promise<SubjectRecord[]>;
  close(): Promise<void>;
}
