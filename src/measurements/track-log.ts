import { type Fields, isFields } from './log-lines.ts';
import type { RunHeader, TrackHeader } from './run-header.ts';
import type { MetricSeries, Track } from './types.ts';

/** Says what is wrong with a line: what is allowed, in which field, and what stands there. */
export type Complaint = (allowed: string, field?: string, value?: unknown) => Error;

/** Collects the records of a run's tracks, in file order. */
export class TrackLog {
  readonly #collected: readonly CollectedTrack[];

  constructor({ tracks = [] }: RunHeader) {
    this.#collected = tracks.map(collectedTrack);
  }

  /** @throws what `complain` returns, for a record that does not fit the header. */
  add({ id, step, subjects }: Fields, complain: Complaint): void {
    const track = this.#collected.find(({ header }) => header.id === id);
    if (track === undefined) {
      const known = this.#collected.map(({ header }) => header.id).join(', ') || 'none';
      throw complain(`a track of the header: ${known}`, 'track.id', id);
    }
    const previous = track.steps.at(-1) ?? -1;
    if (!Number.isSafeInteger(step) || step <= previous) {
      throw complain(`a whole number above ${previous}`, 'track.step', step);
    }
    const expected = track.header.subjects.length;
    if (!Array.isArray(subjects) || subjects.length !== expected) {
      throw complain(`a list of the header's ${expected} subjects`, 'track.subjects');
    }
    const index = track.steps.push(step) - 1;
    subjects.forEach((subject: unknown, i) => {
      const at = (allowed: string, field: string, value?: unknown): Error =>
        complain(allowed, `track.subjects[${i}].${field}`, value);
      track.add(i, isFields(subject) ? subject : {}, index, at);
    });
  }

  toTracks(): Track[] {
    return this.#collected.map(({ toTrack }) => toTrack());
  }
}

interface CollectedTrack {
  readonly header: TrackHeader;
  readonly steps: number[];
  add(
    subject: number,
    fields: Fields,
    index: number,
    complain: (allowed: string, field: string, value?: unknown) => Error,
  ): void;
  toTrack(): Track;
}

function collectedTrack(header: TrackHeader): CollectedTrack {
  const steps: number[] = [];
  const collected = header.subjects.map(() => ({
    values: header.series.map((): number[] => []),
    undetermined: header.series.map((): { index: number; reason: string }[] => []),
    singularValues: [] as Float64Array[],
  }));
  return {
    header,
    steps,
    add: (subject, { values, undetermined, singularValues }, index, complain) => {
      const target = collected[subject];
      if (!isFields(values)) throw complain('an object', 'values');
      header.series.forEach((name, s) => {
        const value = values[name];
        if (value !== null && !Number.isFinite(value)) {
          throw complain('a finite number or null', `values.${name}`, value ?? 'missing');
        }
        target.values[s].push(value ?? Number.NaN);
        if (value !== null) return;
        const reason = isFields(undetermined) ? undetermined[name] : undefined;
        target.undetermined[s].push({
          index,
          reason: typeof reason === 'string' ? reason : 'no reason logged',
        });
      });
      if (header.spectra) {
        target.singularValues.push(checkSpectrum(singularValues, header.subjects[subject], complain));
      }
    },
    toTrack: () => ({
      id: header.id,
      steps: Float64Array.from(steps),
      subjects: header.subjects.map((subject, i) => ({
        ...subject,
        series: new Map(
          header.series.map((metric, s): [string, MetricSeries] => [
            metric,
            {
              metric,
              centring: null,
              origin: 'measured',
              values: Float64Array.from(collected[i].values[s]),
              undetermined: collected[i].undetermined[s],
            },
          ]),
        ),
        singularValues: header.spectra ? collected[i].singularValues : null,
      })),
    }),
  };
}

function checkSpectrum(
  values: unknown,
  { rows, columns }: TrackHeader['subjects'][number],
  complain: (allowed: string, field: string) => Error,
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
