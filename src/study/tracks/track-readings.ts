import { trackRecordsOf } from '../../measurements/run-records.ts';
import type { SubjectRecord } from '../../measurements/track-record.ts';
import type { ResumableRun } from '../resume-run.ts';
import type { TrackMeter, TrackReading } from './track-meter.ts';

/** Takes the readings of a track one after the other. */
export interface LatestReading {
  /** Takes a reading, which is the latest from now on. */
  readonly take: (
    step: number,
    measure: (previous: Promise<TrackReading | null>) => Promise<SubjectRecord[]>,
  ) => Promise<SubjectRecord[]>;
}

/**
 * Keeps the previous reading of a track for the next one. A run that goes on finds it in its log, as numbers that read back
 * to the same float64: what follows from it has the same bytes as without the interruption.
 */
export function latestReading({ header }: TrackMeter, resumable: ResumableRun | null): LatestReading {
  let latest: Promise<TrackReading | null> = Promise.resolve(loggedReading(header.id, resumable));
  return {
    take: (step, measure) => {
      const measured = measure(latest);
      latest = measured.then((subjects) => ({ step, subjects: subjects.map(asLogged) }));
      // Whoever writes the reading hears of a failure.
      latest.catch(() => {});
      return measured;
    },
  };
}

function loggedReading(id: string, resumable: ResumableRun | null): TrackReading | null {
  if (resumable === null) return null;
  const { run, state } = resumable;
  let last: TrackReading | null = null;
  for (const record of trackRecordsOf(run)) {
    if (record.track === id && record.step <= state.step) last = record;
  }
  return last;
}

/** A log has no infinite singular values. */
function asLogged({ values, singularValues }: SubjectRecord): SubjectRecord {
  const isLogged = singularValues?.every(Number.isFinite) ?? false;
  return { values, singularValues: isLogged ? singularValues : null };
}
