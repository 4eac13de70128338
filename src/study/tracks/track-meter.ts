import type { TrackHeader } from '../../measurements/run-header.ts';
import type { SubjectRecord } from '../../measurements/track-record.ts';
import type { NamedTensors } from '../../training/train.ts';
import type { NetworkReader } from '../network-reader.ts';

/** The weights around the update of a step. */
export interface WeightsAround {
  readonly before: NamedTensors;
  /** The live parameters: the next step changes them. */
  readonly after: NamedTensors;
}

/** Measures one track of a run; see `Track`. */
export interface TrackMeter {
  readonly header: TrackHeader;
  /** Whether the run is to be measured after this step. */
  isDue(step: number): boolean;
  /** Whether training may go on while it measures: what it needs of the weights is copied before `measure` returns. */
  readonly concurrent: boolean;
  /** @returns one record per subject of the header. */
  measure(weights: WeightsAround, reader: NetworkReader): Promise<SubjectRecord[]>;
  close(): Promise<void>;
}
