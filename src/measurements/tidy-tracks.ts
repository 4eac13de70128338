import { type Column, type Table, table } from '../tables/table.ts';
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

const columns: readonly Column<TidyTrackRow>[] = [
  { name: 'run', type: 'text', meaning: 'the run', of: ({ run }) => run },
  { name: 'track', type: 'text', meaning: 'what kind of quantity', of: ({ track }) => track },
  { name: 'subject', type: 'text', meaning: 'weight matrix, or the network', of: ({ subject }) => subject },
  { name: 'metric', type: 'text', meaning: 'what was measured of it', of: ({ metric }) => metric },
  { name: 'step', type: 'integer', unit: 'training steps', meaning: 'when', of: ({ step }) => step },
  { name: 'value', type: 'number', meaning: 'the value, if determined', of: ({ value }) => value },
  { name: 'reason', type: 'text', meaning: 'why there is no value', of: ({ reason }) => reason },
];

/**
 * Every value of the tracks of runs as a table.
 *
 * @example
 * formatCsv(tidyTrackTable(readStudy('my-study').runs));
 */
export function tidyTrackTable(runs: Iterable<Pick<Run, 'id' | 'tracks'>>): Table {
  return table('tracks', 'one value of one series of a track', columns, function* () {
    for (const run of runs) yield* toTidyTracks(run);
  });
}

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
