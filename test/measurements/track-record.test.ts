import { describe, expect, it } from 'vitest';
import { readRun, writeRun } from '../../src/measurements/log-store.ts';
import { formatHeader, type RunHeader } from '../../src/measurements/run-header.ts';
import { parseRunLog } from '../../src/measurements/run-log.ts';
import { formatTrack, type TrackRecord } from '../../src/measurements/track-record.ts';
import type { Determined } from '../../src/spectra/types.ts';
import { plainLines, sampleHeader, temporaryFolder } from './fixtures.ts';

const number = (value: number): Determined => ({ determined: true, value });
const header = sampleHeader({
  spectra: [],
  tracks: [
    {
      id: 'weights',
      series: ['stable_rank', 'update'],
      subjects: [
        { name: 'network.0.weight', rows: 3, columns: 2 },
        { name: 'network.2.weight', rows: 2, columns: 2 },
      ],
      spectra: true,
    },
    {
      id: 'sharpness',
      series: ['sharpness'],
      subjects: [{ name: 'network', rows: null, columns: null }],
      spectra: false,
    },
  ],
});
const records: TrackRecord[] = [
  {
    track: 'weights',
    step: 0,
    subjects: [
      {
        values: { stable_rank: number(1.25), update: number(1e-3) },
        singularValues: Float64Array.of(2, 1),
      },
      {
        values: { stable_rank: { determined: false, reason: 'all zero' }, update: number(0) },
        singularValues: null,
      },
    ],
  },
  { track: 'sharpness', step: 0, subjects: [{ values: { sharpness: number(12.5) } }] },
  {
    track: 'weights',
    step: 100,
    subjects: [
      {
        values: { stable_rank: number(1.5), update: number(Number.POSITIVE_INFINITY) },
        singularValues: Float64Array.of(3, 0),
      },
      {
        values: { stable_rank: number(2), update: number(0.5) },
        singularValues: Float64Array.of(1, 1),
      },
    ],
  },
];

/** A log without checksums, so that a record that was changed is held against the header and not refused as damaged. */
function logOf(lines: readonly string[], of: RunHeader = header): Uint8Array {
  return new TextEncoder().encode(plainLines([formatHeader(of), ...lines]));
}

const lines = records.map((record) => formatTrack(record, header));
const read = (text: readonly string[]) => parseRunLog(logOf(text), 'r.jsonl');

describe('the tracks of a run log', () => {
  it('have a time axis of their own and give back what was written, reasons included', () => {
    const [weights, sharpness] = read(lines).tracks!;
    expect(weights).toMatchObject({ id: 'weights', steps: Float64Array.of(0, 100) });
    expect(sharpness).toMatchObject({ id: 'sharpness', steps: Float64Array.of(0) });
    const [first, second] = weights.subjects;
    expect(first).toMatchObject({ name: 'network.0.weight', rows: 3, columns: 2 });
    expect(first.singularValues).toEqual([Float64Array.of(2, 1), Float64Array.of(3, 0)]);
    expect(first.series.get('stable_rank')).toEqual({
      metric: 'stable_rank',
      centering: null,
      origin: 'measured',
      values: Float64Array.of(1.25, 1.5),
      undetermined: [],
    });
    expect(first.series.get('update')!.undetermined).toEqual([{ index: 1, reason: 'it is Infinity' }]);
    expect(second.series.get('stable_rank')).toMatchObject({
      values: Float64Array.of(Number.NaN, 2),
      undetermined: [{ index: 0, reason: 'all zero' }],
    });
    expect(second.singularValues).toEqual([new Float64Array(0), Float64Array.of(1, 1)]);
    expect(sharpness.subjects[0].singularValues).toBeNull();
  });

  it('come out the same when a run that was read is written again', () => {
    const folder = temporaryFolder();
    const run = read(lines);
    writeRun(folder, run);
    expect(readRun(folder, run.id).tracks).toEqual(run.tracks);
  });

  it('are absent where a log says nothing of them', () => {
    const plain = sampleHeader({ spectra: [] });
    expect(parseRunLog(logOf([], plain), 'r.jsonl').tracks).toBeUndefined();
  });

  it('lose no more than a torn last line', () => {
    const bytes = logOf(lines);
    const run = parseRunLog(bytes.subarray(0, bytes.length - 5), 'r.jsonl');
    expect(run.tracks![0].steps).toEqual(Float64Array.of(0));
    expect(run.complete).toBe(false);
  });

  it.each([
    [
      '"weights","step":0',
      '"biases","step":0',
      /track\.id is "biases".*track of the header: weights, sharpness/,
    ],
    ['"weights","step":100', '"weights","step":0', /track\.step is 0.*above 0/],
    ['"weights","step":0', '"weights","step":0.5', /track\.step is 0\.5.*a whole number above -1/],
    [
      '"stable_rank":1.25',
      '"stable_rank":"1"',
      /subjects\[0\]\.values\.stable_rank is "1".*finite number or null/,
    ],
    ['"stable_rank":1.25,', '', /subjects\[0\]\.values\.stable_rank is "missing"/],
    ['[2,1]', '[1,2]', /subjects\[0\]\.singularValues.*2 finite numbers from 0 in descending order/],
    ['[2,1]', '[2,1,0]', /2 finite numbers/],
    ['[2,1]', '[2,-1]', /2 finite numbers/],
    ['"subjects":[{', '"subjects":[{"values":{}},{', /track\.subjects; allowed: a list of the header's 2/],
  ])('with %s turned to %s are refused', (from, to, message) => {
    const damaged = lines.map((line) => line.replace(from, to));
    expect(damaged).not.toEqual(lines);
    expect(() => read(damaged)).toThrow(message);
  });

  it('must fit the header when they are written', () => {
    const [weights] = records;
    expect(() => formatTrack({ ...weights, track: 'biases' }, header)).toThrow(/no track biases/);
    expect(() => formatTrack({ ...weights, subjects: [] }, header)).toThrow(/0 of 2 subjects/);
    const [subject, ...rest] = weights.subjects;
    const incomplete = { ...subject, values: { stable_rank: number(1) } };
    expect(() => formatTrack({ ...weights, subjects: [incomplete, ...rest] }, header)).toThrow(
      /network\.0\.weight has no update/,
    );
  });

  it.each([
    [{ id: 'Weights' }, /tracks\[?0?.*a lower-case letter/],
    [{ series: ['a', 'a'] }, /each name once/],
    [
      { subjects: [{ name: 'w', rows: null, columns: null }] },
      /rows and columns, since the track logs spectra/,
    ],
    [{ subjects: [] }, /at least one subject/],
    [
      {
        series: Array.from({ length: 1000 }, (_, i) => `s${i}`),
        subjects: Array.from({ length: 1001 }, (_, i) => ({ name: `w${i}`, rows: 1, columns: 1 })),
      },
      /tracks.*at most 1000000 series in all/,
    ],
  ])('announced as %# are refused', (change, message) => {
    const tracks = [{ ...header.tracks![0], ...change }];
    expect(() => formatHeader({ ...header, tracks })).toThrow(message);
  });
});
