import { describe, expect, it } from 'vitest';
import { tidyTrackTable, toTidyTracks } from '../../src/measurements/tidy-tracks.ts';
import { records } from '../../src/tables/table.ts';
import { sampleTracks } from './sample-tracks.ts';

const rows = [...toTidyTracks({ id: 'a-run', tracks: sampleTracks() })];

describe('the tidy table of tracks', () => {
  it('has a row for every value, each at its own step', () => {
    expect(rows).toHaveLength(5 * 3 + 2 + 1);
    expect(rows[1]).toEqual({
      run: 'a-run',
      track: 'weights',
      subject: 'network.0.weight',
      metric: 'stable_rank',
      step: 100,
      value: 10,
      reason: null,
    });
    expect(rows.at(-1)).toMatchObject({ track: 'sharpness', subject: 'network', step: 0, value: 12.5 });
  });

  it('says why a value is missing', () => {
    const missing = rows.filter(({ value }) => value === null);
    expect(missing.map(({ metric, step, reason }) => [metric, step, reason])).toEqual([
      ['tail_exponent', 0, 'too few'],
      ['noise_scale', 100, 'lost in the noise'],
    ]);
  });

  it('has a column for each of its fields, and is empty for a run without tracks', () => {
    const [first] = records(tidyTrackTable([{ id: 'a-run', tracks: sampleTracks() }]));
    expect(first).toEqual(rows[0]);
    expect([...toTidyTracks({ id: 'a-run' })]).toEqual([]);
  });
});
