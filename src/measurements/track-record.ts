import type { Determined } from '../spectra/types.ts';
import { finiteOrReasonOf } from './finite-or-reason.ts';
import type { RunHeader, TrackHeader } from './run-header.ts';

/** One measurement of a track. */
export interface TrackRecord {
  /** The track's id. */
  readonly track: string;
  /** Training step, above that of the track's previous record. */
  readonly step: number;
  /** In the header's order. */
  readonly subjects: readonly SubjectRecord[];
}

/** One subject of a track at one measurement. */
export interface SubjectRecord {
  /** One entry for every series of the track. */
  readonly values: Readonly<Record<string, Determined>>;
  /** Descending, or null where there are none; ignored if the header does not announce them. */
  readonly singularValues?: Float64Array | null;
}

/**
 * The record of one measurement of a track, JSON of a line.
 *
 * @throws RangeError if the record does not fit the header.
 */
export function formatTrack({ track: id, step, subjects }: TrackRecord, header: RunHeader): string {
  const track = header.tracks?.find((entry) => entry.id === id);
  if (track === undefined) throw new RangeError(`the run has no track ${id}`);
  if (subjects.length !== track.subjects.length) {
    throw new RangeError(`${id} at step ${step} has ${subjects.length} of ${track.subjects.length} subjects`);
  }
  const lines = subjects.map((subject, index) => formatSubject(subject, track, index, step));
  return JSON.stringify({ track: { id, step, subjects: lines } });
}

function formatSubject(
  { values, singularValues }: SubjectRecord,
  { id, series, subjects, spectra }: TrackHeader,
  index: number,
  step: number,
) {
  const numbers = finiteOrReasonOf(series, (name) => {
    if (Object.hasOwn(values, name)) return values[name];
    throw new RangeError(`${id} at step ${step}, ${subjects[index].name} has no ${name}`);
  });
  if (!spectra) return numbers;
  const finite = singularValues?.every(Number.isFinite) ?? false;
  return { ...numbers, singularValues: finite ? Array.from(singularValues!) : null };
}
