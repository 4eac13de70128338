import { readFiniteOrReason } from '../finite-or-reason.ts';
import type { RunHeader, TrackHeader } from '../run-header.ts';
import type { MetricSeries, Track } from '../types.ts';
import { type Complaint, type Fields, isFields } from './log-lines.ts';

/** Collects the records of a run's tracks, in file order. A record is taken whole or, with an error, not at all. */
export class TrackLog {
  readonly #tracks: readonly CollectedTrack[];
  readonly #needsReasons: boolean;

  /** @param needsReasons whether a number that is null must have a reason beside it, as we write it. */
  constructor({ tracks = [] }: RunHeader, needsReasons: boolean) {
    this.#tracks = tracks.map((header) => ({ header, records: [] }));
    this.#needsReasons = needsReasons;
  }

  /** @throws what `complain` returns, for a record that does not fit the header. */
  add({ id, step, subjects }: Fields, complain: Complaint): void {
    const track = this.#tracks.find(({ header }) => header.id === id);
    if (track === undefined) {
      const known = this.#tracks.map(({ header }) => header.id).join(', ') || 'none';
      throw complain(`a track of the header: ${known}`, 'track.id', id);
    }
    const previous = track.records.at(-1)?.step ?? -1;
    if (!Number.isSafeInteger(step) || step <= previous) {
      throw complain(`a whole number above ${previous}`, 'track.step', step);
    }
    const expected = track.header.subjects.length;
    if (!Array.isArray(subjects) || subjects.length !== expected) {
      throw complain(`a list of the header's ${expected} subjects`, 'track.subjects');
    }
    const read = subjects.map((subject: unknown, i) => {
      const at: Complaint = (allowed, field, value) =>
        complain(allowed, `track.subjects[${i}].${field}`, value);
      return readSubject(isFields(subject) ? subject : {}, track.header, i, this.#needsReasons, at);
    });
    track.records.push({ step, subjects: read });
  }

  toTracks(): Track[] {
    return this.#tracks.map(toTrack);
  }
}

interface CollectedTrack {
  readonly header: TrackHeader;
  readonly records: CollectedRecord[];
}

interface CollectedRecord {
  readonly step: number;
  /** In the header's order. */
  readonly subjects: readonly CollectedSubject[];
}

interface CollectedSubject {
  /** One for every series, NaN where there is none. */
  readonly values: readonly number[];
  /** By position in `values`. */
  readonly reasons: ReadonlyMap<number, string>;
  readonly singularValues: Float64Array;
}

function readSubject(
  { values, undetermined, singularValues }: Fields,
  { series, subjects, spectra }: TrackHeader,
  subject: number,
  needsReasons: boolean,
  complain: Complaint,
): CollectedSubject {
  if (!isFields(values)) throw complain('an object', 'values');
  const reasons = new Map<number, string>();
  const numbers = series.map((name, s) => {
    const read = readFiniteOrReason(values, undetermined, name, 'values.', needsReasons, complain);
    if (read.reason !== null) reasons.set(s, read.reason);
    return read.value;
  });
  const spectrum = spectra ? checkSpectrum(singularValues, subjects[subject], complain) : none;
  return { values: numbers, reasons, singularValues: spectrum };
}

function toTrack({ header, records }: CollectedTrack): Track {
  const seriesOf = (subject: number): [string, MetricSeries][] =>
    header.series.map((metric, s) => {
      const values = Float64Array.from(records, ({ subjects }) => subjects[subject].values[s]);
      const undetermined = records.flatMap(({ subjects }, index) => {
        const reason = subjects[subject].reasons.get(s);
        return reason === undefined ? [] : [{ index, reason }];
      });
      return [metric, { metric, centering: null, origin: 'measured', values, undetermined }];
    });
  // Where nothing was measured all subjects share theirs, however many a hostile header names.
  const empty = records.length === 0 ? new Map(seriesOf(0)) : null;
  return {
    id: header.id,
    steps: Float64Array.from(records, ({ step }) => step),
    subjects: header.subjects.map((subject, i) => ({
      ...subject,
      series: empty ?? new Map(seriesOf(i)),
      singularValues: header.spectra ? records.map(({ subjects }) => subjects[i].singularValues) : null,
    })),
  };
}

const none = new Float64Array(0);

function checkSpectrum(
  values: unknown,
  { rows, columns }: TrackHeader['subjects'][number],
  complain: Complaint,
): Float64Array {
  if (values === null) return new Float64Array(0);
  const length = Math.min(rows!, columns!);
  const isDescending =
    Array.isArray(values) &&
    values.length === length &&
    values.every((value, i) => Number.isFinite(value) && value >= 0 && (i === 0 || value <= values[i - 1]));
  if (!isDescending) {
    throw complain(`${length} finite numbers from 0 in descending order, or null`, 'singularValues');
  }
  return Float64Array.from(values as number[]);
}
