import type { Run } from './types.ts';

/** One value of one series of a track. */
export interface TidyTrackRow {
  readonly run: string;
  readonly track: string;
  readonly subject: string;
  readonly metric: string;
  readonly step: number;
  /** Null where the metric was not determined; then `reason` says why. */
  readonly value: number | null;
  readonly reason: string | null;
}

/** The columns of the table, in order. */
export const tidyTrackColumns = [
  'run',
  'track',
  'subject',
  'metric',
  'step',
  'value',
  'reason',
] as const satisfies readonly (keyof TidyTrackRow)[];

/** Every value of a run's tracks, one row each: by track, then subject, metric and step. */
export function* toTidyTracks({ id: run, tracks = [] }: Pick<Run, 'id' | 'tracks'>): Generator<TidyTrackRow> {
  for (const { id: track, steps, subjects } of tracks) {
    for (const { name: subject, series } of subjects) {
      for (const [metric, { values, undetermined }] of series) {
        const reasons = new Map(undetermined.map(({ index, reason }) => [index, reason]));
        for (let index = 0; index < steps.length; index++) {
          const reason = reasons.get(index) ?? null;
          const value = reason === null ? values[index] : null;
          yield { run, track, subject, metric, step: steps[index], value, reason };
        }
      }
    }
  }
}
