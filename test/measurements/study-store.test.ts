import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRun, readRun, writeRun } from '../../src/measurements/log-store.ts';
import {
  createStudy,
  existsStudy,
  listRuns,
  readManifest,
  readStudy,
  writeManifest,
} from '../../src/measurements/study-store.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { sampleHeader, sampleLog, sampleManifest, sampleStep, temporaryFolder } from './fixtures.ts';

const header = sampleHeader();
const logOf = (study: string, id = header.id): string => join(study, 'runs', `${id}.jsonl`);

function newStudy(runs?: readonly string[]): string {
  const study = join(temporaryFolder(), 'deep', 'study');
  createStudy(study, sampleManifest(runs));
  return study;
}

describe('a study', () => {
  it('says what it is, and lists the runs that have a log in study order', () => {
    const study = newStudy(['b', 'a', 'missing']);
    for (const id of ['a', 'b', 'stranger']) openRun(study, sampleHeader({ id })).end('complete');
    expect(readManifest(study)).toEqual(sampleManifest(['b', 'a', 'missing']));
    expect(listRuns(study)).toEqual(['b', 'a']);
    expect(readStudy(study).runs.map(({ id }) => id)).toEqual(['b', 'a']);
  });

  it('is not overwritten unless asked, and then without its old runs', () => {
    const study = newStudy();
    openRun(study, header).end('complete');
    writeFileSync(join(study, 'notes.txt'), 'mine');
    expect(() => createStudy(study, sampleManifest())).toThrow(/allowed: a folder without a study/);
    expect(listRuns(study)).toEqual([header.id]);
    createStudy(study, sampleManifest(), { overwrite: true });
    expect(listRuns(study)).toEqual([]);
    expect(readFileSync(join(study, 'notes.txt'), 'utf8')).toBe('mine');
  });

  it('is not made in a folder with runs of unknown origin, even if asked to overwrite', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'runs'));
    writeFileSync(join(folder, 'runs', `${header.id}.jsonl`), 'mine');
    expect(() => createStudy(folder, sampleManifest(), { overwrite: true })).toThrow(/unknown origin/);
    expect(existsStudy(folder)).toBe(false);
    expect(readFileSync(logOf(folder), 'utf8')).toBe('mine');
  });

  it('leaves no other file beside a manifest that was replaced', () => {
    const study = newStudy();
    writeManifest(study, { ...sampleManifest(), title: 'New' });
    expect(readManifest(study).title).toBe('New');
    expect(readdirSync(study).sort()).toEqual(['manifest.json', 'runs']);
  });

  it.each<[string, string, RegExp]>([
    ['torn', '{"schemaVersion":1,', /manifest\.json: .*allowed: JSON/],
    [
      'of another version',
      JSON.stringify({ ...sampleManifest(), schemaVersion: 3 }),
      /schemaVersion is 3; allowed: 1 or 2, .*a later one needs a later rankscope/,
    ],
    ['without runs', JSON.stringify({ ...sampleManifest(), runs: undefined }), /runs is "missing"/],
    [
      'naming a run twice',
      JSON.stringify(sampleManifest(['a', 'b', 'a'])),
      /runs\[2\] is "a"; allowed: a run id used once/,
    ],
    ['naming a file outside', JSON.stringify(sampleManifest(['../../x'])), /runs\[0\] is "\.\.\/\.\.\/x"/],
    ['with a prototype', JSON.stringify(sampleManifest()).replace('"networks"', '"__proto__"'), /__proto__/],
  ])('with a manifest %s is refused', (_, text, message) => {
    const study = newStudy();
    writeFileSync(join(study, 'manifest.json'), text);
    expect(() => readStudy(study)).toThrow(message);
    expect(() => readStudy(study)).toThrow(expect.objectContaining({ name: 'InputError' }));
  });

  it('that is none says so', () => {
    expect(existsStudy(temporaryFolder())).toBe(false);
    expect(() => readStudy(temporaryFolder())).toThrow(/allowed: a folder that holds a study/);
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(() => createStudy(file, sampleManifest())).toThrow(/a folder, not a file/);
  });

  it('with an invalid manifest is not begun', () => {
    const study = join(temporaryFolder(), 'study');
    expect(() => createStudy(study, sampleManifest(['a', 'a']))).toThrow(/used once/);
    expect(existsSync(study)).toBe(false);
  });
});

describe('a run being written', () => {
  const write = (study: string, steps: readonly number[], overwrite = false) => {
    const random = createRandom('log');
    const log = openRun(study, header, { overwrite });
    for (const step of steps) log.writeStep(sampleStep(step, header, random));
    return log;
  };

  it('is on disk after every call, byte for byte the same each time', () => {
    const study = newStudy();
    const log = write(study, [0, 5, 10]);
    expect(readRun(study, header.id)).toMatchObject({ complete: false, steps: Float64Array.of(0, 5, 10) });
    log.writeEvaluation({
      step: 10,
      accuracy: 0.75,
      examples: 200,
      perClass: [0.5, null, 1, 1, 1, 1, 1, 1, 1, 1],
    });
    log.end('complete');
    expect(readFileSync(logOf(study), 'utf8')).toBe(sampleLog(header));
    expect(readRun(study, header.id)).toMatchObject({ complete: true, stopped: null });
  });

  it('reads back as not complete when closed without an end, or torn', () => {
    const study = newStudy();
    write(study, [0, 5]).close();
    expect(readRun(study, header.id)).toMatchObject({ complete: false, stopped: null });
    appendFileSync(logOf(study), '{"step":10,"loss":0.');
    expect(readRun(study, header.id).steps).toEqual(Float64Array.of(0, 5));
  });

  it('is not replaced unless asked', () => {
    const study = newStudy();
    write(study, [0, 5]).end('the loss became NaN');
    expect(() => write(study, [0])).toThrow(/allowed: a run without a log/);
    expect(readRun(study, header.id).stopped).toBe('the loss became NaN');
    write(study, [0], true).close();
    expect(readRun(study, header.id).steps).toEqual(Float64Array.of(0));
  });

  it('takes rising steps, shares and reasons only, and nothing after its end', () => {
    const study = newStudy();
    const log = write(study, [0, 5]);
    for (const step of [5, 4, 5.5, -1, Number.NaN]) {
      expect(() => log.writeStep(sampleStep(step, header, createRandom(1)))).toThrow(RangeError);
    }
    expect(() => log.writeEvaluation({ step: 5, accuracy: Number.NaN, examples: 1 })).toThrow(RangeError);
    expect(() => log.end('')).toThrow(RangeError);
    log.end('complete');
    log.close();
    expect(() => log.writeEvaluation({ step: 5, accuracy: 1, examples: 1 })).toThrow(/closed/);
    expect(readRun(study, header.id).steps).toEqual(Float64Array.of(0, 5));
  });

  it('stays inside the study', () => {
    const study = newStudy();
    for (const id of [
      '../x',
      '/etc/x',
      'a/b',
      'a\\b',
      '.',
      '..',
      '.x',
      '',
      'a\0',
      'ä',
      'x'.repeat(129),
      'x.',
      'con',
      'NUL.b',
    ]) {
      expect(() => openRun(study, sampleHeader({ id }))).toThrow(
        expect.objectContaining({ name: 'InputError' }),
      );
      expect(() => readRun(study, id)).toThrow(expect.objectContaining({ name: 'InputError' }));
    }
    expect(readdirSync(join(study, 'runs'))).toEqual([]);
  });

  it('must be the run that its file is named after', () => {
    const study = newStudy(['other']);
    writeFileSync(logOf(study, 'other'), sampleLog(header));
    expect(() => readRun(study, 'other')).toThrow(/id is "mlp_mnist-s1"; allowed: other/);
  });
});

describe('a run in memory', () => {
  it.each([
    ['with spectra', header],
    ['without spectra', sampleHeader({ spectra: [] })],
  ])('writes the log that it was read from, %s', (_, from) => {
    const study = newStudy();
    writeFileSync(logOf(study), sampleLog(from));
    const run = readRun(study, header.id);
    const copy = newStudy();
    writeRun(copy, run);
    expect(readFileSync(logOf(copy), 'utf8')).toBe(sampleLog(from));
  });

  it('needs the same series in every layer', () => {
    const study = newStudy();
    writeFileSync(logOf(study), sampleLog(header));
    const run = readRun(study, header.id);
    const layers = [run.layers[0], { ...run.layers[1], series: new Map() }];
    expect(() => writeRun(newStudy(), { ...run, layers })).toThrow(
      /layer network\.2; allowed: the same series/,
    );
  });

  it('says when its log lost the spectra after it was read', () => {
    const study = newStudy();
    writeFileSync(logOf(study), sampleLog(header));
    const run = readRun(study, header.id);
    truncateSync(logOf(study), 1500);
    expect(() => run.layers[0].spectra).toThrow(expect.objectContaining({ name: 'InputError' }));
  });
});
