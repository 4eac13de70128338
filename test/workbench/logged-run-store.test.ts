import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withMetrics } from '../../src/derived/with-metrics.ts';
import { InputError } from '../../src/errors/input-error.ts';
import { logPath, readLogFacts, readRun, versionOf } from '../../src/measurements/log-store.ts';
import { formatTrack, type TrackRecord } from '../../src/measurements/track-record.ts';
import { openCache } from '../../src/workbench/analysis-cache-store.ts';
import { loggedRun, readLogOnce } from '../../src/workbench/logged-run-store.ts';
import {
  sampleHeader,
  sampleLog,
  sampleRecords,
  sealedLog,
  temporaryFolder,
} from '../measurements/fixtures.ts';

const secret = new Uint8Array(32).fill(7);
const { id } = sampleHeader();

/** A study of one log, which was read once. */
function studyOf(log: string) {
  const study = temporaryFolder();
  const path = logPath(study, id);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, log);
  const folder = join(study, 'cache');
  const cache = openCache(folder, secret);
  const { version } = readLogOnce(study, id, cache);
  const side = join(folder, 'logs', `${id}.bin`);
  return { study, path, side, cache, version, read: () => loggedRun(study, id, version, cache) };
}

const tracks = [
  {
    id: 'weights',
    series: ['stable_rank'],
    subjects: [{ name: 'network.0.weight', rows: 2, columns: 3 }],
    spectra: true,
  },
];

/** At the first step its metric could not be determined. */
const weights = (step: number): TrackRecord => ({
  track: 'weights',
  step,
  subjects: [
    {
      values: {
        stable_rank:
          step === 0
            ? { determined: false, reason: 'all weights are zero' }
            : { determined: true, value: 1.5 },
      },
      singularValues: Float64Array.of(3, step),
    },
  ],
});

const tracked = sampleHeader({ tracks });
const logs: Readonly<Record<string, string>> = {
  'with metrics and spectra': sampleLog(sampleHeader()),
  'without spectra': sampleLog(sampleHeader({ spectra: [] })),
  'without metrics, which follow from its spectra': sampleLog(sampleHeader({ series: [] })),
  'of a run that was killed': sealedLog(sampleRecords(sampleHeader())),
  'with nothing but a header': sealedLog(sampleRecords(sampleHeader(), 0).slice(0, 1)),
  'with tracks and their singular values': sealedLog([
    ...sampleRecords(tracked),
    ...[0, 1].map((step) => formatTrack(weights(step), tracked)),
  ]),
};

describe('what a log holds', () => {
  it.each(Object.keys(logs))('comes back as the log has it: one %s', (name) => {
    const { study, side, read } = studyOf(logs[name]);
    const wanted = withMetrics(readRun(study, id));
    expect(existsSync(side)).toBe(true);
    expect(read()).toEqual(wanted);
    rmSync(side);
    expect(read()).toEqual(wanted);
  });

  it('is had without the log, but for spectra of layers', () => {
    const { path, read } = studyOf(logs['with metrics and spectra']);
    rmSync(path);
    const run = read();
    expect(run.layers[1].series.get('stable_rank')!.values).toHaveLength(3);
    expect(() => run.layers[1].spectra).toThrow(InputError);
  });

  it.each(Object.keys(logs))('takes no more memory than its numbers, parsed or had again: one %s', (name) => {
    const { side, read } = studyOf(logs[name]);
    const again = read();
    rmSync(side);
    for (const { steps, loss, layers, tracks: measured = [] } of [again, read()]) {
      const subjects = measured.flatMap((track) => track.subjects);
      const series = [...layers, ...subjects].flatMap((of) => [...of.series.values()]);
      const singularValues = subjects.flatMap((subject) => subject.singularValues ?? []);
      const numbers = [steps, loss, ...measured.map((track) => track.steps), ...singularValues];
      for (const { buffer, byteLength } of [...numbers, ...series.map(({ values }) => values)])
        expect(buffer.byteLength).toBe(byteLength);
    }
  });

  it('is kept again after it was deleted', () => {
    const { path, side, read } = studyOf(logs['without spectra']);
    const run = read();
    rmSync(side);
    read();
    rmSync(path);
    expect(read()).toEqual(run);
  });

  it('is not believed of another version of the log', () => {
    const { study, path, cache, version, read } = studyOf(logs['of a run that was killed']);
    const before = read();
    writeFileSync(path, sampleLog(sampleHeader(), 4));
    const grown = versionOf(readFileSync(path));
    expect(loggedRun(study, id, grown, cache)).toEqual(withMetrics(readRun(study, id)));
    expect(before.steps).toHaveLength(3);
    // Now the other is kept, and these bytes are gone from the log.
    writeFileSync(path, sampleLog(sampleHeader({ seed: 2 })));
    expect(() => loggedRun(study, id, version, cache)).toThrow(InputError);
  });

  it('is not kept where its metrics follow from spectra that cannot be read, and is told of where they are looked at', () => {
    const records = sampleRecords(sampleHeader({ series: [] }));
    const wrong = records.map((record) => record.replace('"reliable":2', '"reliable":99'));
    const { study, side, read } = studyOf(sealedLog(wrong));
    expect(existsSync(side)).toBe(false);
    expect(read().steps).toEqual(readRun(study, id).steps);
    expect(() => read().layers[0].series).toThrow(/reliable/);
  });

  it('is not kept where nothing is to be', () => {
    const { study, side, version } = studyOf(logs['without spectra']);
    rmSync(dirname(dirname(side)), { recursive: true });
    const none = openCache(dirname(dirname(side)), new Error('no home'));
    expect(readLogOnce(study, id, none)).toEqual(readLogFacts(study, id));
    expect(loggedRun(study, id, version, none)).toEqual(readRun(study, id));
    expect(existsSync(dirname(dirname(side)))).toBe(false);
  });
});

describe('a side file that is not what was written', () => {
  const log = logs['with tracks and their singular values'];

  it('changes nothing, whatever byte of it is another', () => {
    const { side, read } = studyOf(log);
    const wanted = read();
    const written = readFileSync(side);
    fc.assert(
      fc.property(fc.nat(written.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = Buffer.from(written);
        damaged[at] ^= change;
        writeFileSync(side, damaged);
        expect(read()).toEqual(wanted);
        // It was written anew; the engine may spell a number otherwise than the first time.
        expect(readFileSync(side).equals(damaged)).toBe(false);
      }),
    );
  });

  it('changes nothing where it is cut, longer, or of something else', () => {
    const { side, read } = studyOf(log);
    const wanted = read();
    const written = readFileSync(side);
    const others = [
      ...[0, 1, 20, written.length >> 1, written.length - 1].map((end) => written.subarray(0, end)),
      Buffer.concat([written, Buffer.of(0)]),
      readFileSync(studyOf(logs['without spectra']).side),
    ];
    for (const bytes of others) {
      writeFileSync(side, bytes);
      expect(read()).toEqual(wanted);
    }
  });

  it('is not believed where somebody else wrote it', () => {
    const { side, cache, version, read } = studyOf(log);
    const wanted = read();
    const name = `logs/${id}`;
    const kept = cache.read<{ facts: object }>(name, { log: version })!;
    const theirs = openCache(dirname(dirname(side)), new Uint8Array(32).fill(8));
    theirs.keep(name, { log: version }, { ...kept, facts: { ...kept.facts, complete: true } });
    expect(read()).toEqual(wanted);
  });
});
