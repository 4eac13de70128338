import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkLog } from '../../../src/measurements/format/check-log.ts';
import { checkFiles } from '../../../src/measurements/format/check-store.ts';
import { formatManifest } from '../../../src/measurements/manifest.ts';
import { parseRunLog } from '../../../src/measurements/run-log.ts';
import { readStudy } from '../../../src/measurements/study-store.ts';
import {
  plainLog,
  sampleHeader,
  sampleLog,
  sampleManifest,
  sampleRecords,
  sealedLog,
  temporaryFolder,
} from '../fixtures.ts';

const header = sampleHeader();
const plain = plainLog(header);
/** Line, field and what is said, of every fault. */
const faultsOf = (log: string): (readonly [number | null, string | null, string])[] =>
  checkLog(Buffer.from(log), 'r.jsonl').faults.map(
    ({ line, field, message }) => [line, field, message] as const,
  );
/** A log whose lines are changed, by their numbers. */
const changed = (changes: Readonly<Record<number, (line: string) => string>>, log = plain): string =>
  log
    .split('\n')
    .map((line, i) => changes[i + 1]?.(line) ?? line)
    .join('\n');
const without = (key: string) => (line: string) => {
  const { [key]: _, ...rest } = JSON.parse(line);
  return JSON.stringify(rest);
};

describe('a log that keeps to its format', () => {
  it.each([
    ['of version 2', sampleLog(header)],
    ['of version 1', plain],
    ['that was cut in the middle of a record', plain.slice(0, -20)],
    ['of a run that is under way', sealedLog(sampleRecords(header))],
    ['of one measurement', plainLog(header, 1)],
  ])('has no fault: %s', (_, log) => {
    expect(faultsOf(log)).toEqual([]);
  });

  it('is told from one that has ended', () => {
    expect(checkLog(Buffer.from(plain), 'r')).toMatchObject({ version: 1, lines: 9, hasEnd: true });
    expect(checkLog(Buffer.from(sealedLog(sampleRecords(header))), 'r')).toMatchObject({
      version: 2,
      hasEnd: false,
    });
  });

  it('may be of any network, and leave metrics or spectra out: the examples of the documentation', () => {
    const page = readFileSync(resolve(import.meta.dirname, '../../../docs/log-format.md'), 'utf8');
    const logs = [...page.matchAll(/```jsonl\n(.*?)```/gs)].map(([, log]) => log);
    const [manifest] = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, text]) => text);
    expect(logs).toHaveLength(2);
    for (const log of logs) {
      expect(faultsOf(log)).toEqual([]);
      const study = temporaryFolder();
      mkdirSync(join(study, 'runs'));
      writeFileSync(join(study, 'manifest.json'), manifest);
      writeFileSync(join(study, 'runs', 'mine.jsonl'), log);
      expect(checkFiles(study).flatMap(({ faults }) => faults)).toEqual([]);
      expect(readStudy(study).runs[0]).toMatchObject({
        id: 'mine',
        complete: true,
        steps: Float64Array.of(0, 10),
      });
    }
  });
});

describe('a log that does not', () => {
  it('has every fault named at once, with line and field', () => {
    const log = changed({
      2: (line) =>
        line.replace(/"loss":[^,]*/, '"loss":"low"').replace(/"gradientNorm":[^,]*/, '"gradientNorm":[]'),
      3: (line) =>
        line.replace('"reliable":2', '"reliable":7').replace('"singularValues":[', '"singularValues":[0,'),
      4: (line) => line.replace('"step":5', '"step":-5'),
      6: (line) => line.replace('"stable_rank":', '"stable-rank":'),
      8: (line) => line.replace('"accuracy":0.75', '"accuracy":75'),
      9: () => '{"end":{"reason":"","step":10}}',
    });
    expect(faultsOf(log)).toEqual([
      [2, 'loss', 'loss is "low"; allowed: a finite number, or null with its reason under undetermined'],
      [2, 'gradientNorm', expect.stringMatching(/^gradientNorm is \[\]; allowed: a finite number/)],
      [
        3,
        'spectra.layers[0].centered.singularValues',
        expect.stringMatching(/is "5 numbers"; allowed: min\(samples, features\) = 4 numbers/),
      ],
      [3, 'spectra.layers[0].centered.reliable', expect.stringMatching(/is 7; allowed: at most 4/)],
      [4, 'step', expect.stringMatching(/^step is -5; allowed: a whole number from 0/)],
      [6, 'layers[0].metrics.stable_rank', expect.stringMatching(/is "missing"/)],
      [8, 'evaluation.accuracy', expect.stringMatching(/is 75; allowed: a share from 0 to 1/)],
      [9, 'end.reason', expect.stringMatching(/is ""/)],
    ]);
  });

  it('has every fault of its header named', () => {
    const log = changed({
      1: (line) =>
        line
          .replace('"kind":"linear"', '"kind":7')
          .replace('"seed":1', '"seed":-1')
          .replace('"dataset":"mnist",', ''),
    });
    expect(faultsOf(log).map(([line, field]) => [line, field])).toEqual([
      [1, 'dataset'],
      [1, 'seed'],
      [1, 'layers[0].kind'],
    ]);
  });

  it.each<[string, string, string, RegExp]>([
    ['no header', plain.split('\n').slice(1).join('\n'), '1', /format is "missing"/],
    ['an empty file', '', 'null', /the file is empty/],
    ['text', 'step,loss\n0,1\n', '1', /a JSON object on one line/],
    ['an unknown record', changed({ 8: () => '{"accuracy":1}' }), '8', /one of step, spectra, evaluation/],
    [
      'a step that does not rise',
      changed({
        4: (line) => line.replace('"step":5', '"step":0'),
        5: (line) => line.replace('"step":5', '"step":0'),
      }),
      '4',
      /step is 0; allowed: above 0/,
    ],
    [
      'spectra of another step',
      changed({ 5: (line) => line.replace('"step":5', '"step":6') }),
      '5',
      /spectra.step is 6; allowed: 5/,
    ],
    [
      'spectra that are missing',
      plain.split('\n').toSpliced(4, 1).join('\n'),
      '5',
      /the spectra of step 5 before this record/,
    ],
    [
      'values that ascend',
      changed({
        3: (line) => line.replace(/"singularValues":\[([^,]*),([^,]*),/, '"singularValues":[$2,$1,'),
      }),
      '3',
      /descending order/,
    ],
    [
      'another end',
      changed({ 9: (line) => line.replace('"step":10', '"step":5') }),
      '9',
      /end.step is 5; allowed: 10/,
    ],
    ['records after the end', `${plain}{"event":{"step":20,"name":"x"}}\n`, '10', /nothing after the end/],
    [
      'an accuracy between whole examples',
      changed({ 8: (line) => line.replace('0.75', '0.751') }),
      '8',
      /a whole number of its 200 examples/,
    ],
    [
      'a checksum in version 1',
      changed({ 8: () => sampleLog(header).split('\n')[7] }),
      '8',
      /no checksum in a log of version 1/,
    ],
    [
      'no checksum in version 2',
      changed({ 8: without('crc') }, sampleLog(header)),
      '8',
      /ends in its number and checksum/,
    ],
    [
      'a changed digit in version 2',
      changed({ 2: (line) => line.replace('"loss":', '"loss":1') }, sampleLog(header)),
      '2',
      /crc; allowed: the checksum/,
    ],
  ])('is said to have %s', (_, log, line, message) => {
    const faults = faultsOf(log);
    expect(faults[0]?.[2]).toMatch(message);
    expect(String(faults[0][0])).toBe(line);
  });

  it('has a line that is missing named once, and the end that counts it', () => {
    const faults = faultsOf(sampleLog(header).split('\n').toSpliced(7, 1).join('\n'));
    expect(faults.map(([line, field]) => [line, field])).toEqual([
      [8, 'end.records'],
      [8, 'end.sha256'],
      [8, 'n'],
    ]);
  });

  it('is refused by the reader, and one without a fault is not: whatever single line is gone, doubled or torn', () => {
    for (const log of [plain, sampleLog(header)]) {
      const lines = log.trimEnd().split('\n');
      for (let i = 0; i < lines.length; i++) {
        for (const with_ of [
          [],
          [lines[i], lines[i]],
          [lines[i].slice(0, -3)],
          [`${lines[i].slice(0, -1)},"x":`],
        ]) {
          const text = `${lines.toSpliced(i, 1, ...with_).join('\n')}\n`;
          const isRefused = refuses(text);
          const { length } = faultsOf(text);
          expect(length > 0, `line ${i + 1}: ${with_.join(' ').slice(0, 40)}`).toBe(isRefused || length > 0);
          if (isRefused) expect(length).toBeGreaterThan(0);
        }
      }
    }
  });
});

function refuses(log: string): boolean {
  try {
    for (const { spectra } of parseRunLog(Buffer.from(log), 'r.jsonl').layers) void spectra;
    return false;
  } catch {
    return true;
  }
}

describe('the folder of a study', () => {
  const studyOf = (manifest: string, logs: Readonly<Record<string, string>>): string => {
    const study = temporaryFolder();
    mkdirSync(join(study, 'runs'));
    if (manifest !== '') writeFileSync(join(study, 'manifest.json'), manifest);
    for (const [name, log] of Object.entries(logs)) writeFileSync(join(study, 'runs', name), log);
    return study;
  };
  const said = (study: string): string[] =>
    checkFiles(study).flatMap(({ file, faults }) =>
      faults.map(({ message }) => `${file.slice(study.length + 1)}: ${message}`),
    );

  it('has all its files checked', () => {
    const study = studyOf(formatManifest(sampleManifest()), { 'mlp_mnist-s1.jsonl': plain });
    expect(checkFiles(study).map(({ faults, log }) => [faults.length, log?.version])).toEqual([
      [0, undefined],
      [0, 1],
    ]);
  });

  it('lacks a manifest, a name in it, or what it names', () => {
    expect(said(studyOf('', { 'mlp_mnist-s1.jsonl': plain }))).toEqual([
      expect.stringMatching(/manifest\.json: there is none/),
    ]);
    expect(said(studyOf(formatManifest(sampleManifest([])), { 'mlp_mnist-s1.jsonl': plain }))).toEqual([
      'runs/mlp_mnist-s1.jsonl: the manifest does not name this run',
    ]);
    expect(said(studyOf(formatManifest(sampleManifest(['b'])), { 'b.jsonl': plain }))).toEqual([
      'runs/b.jsonl: id is "mlp_mnist-s1"; allowed: b, as the file is named',
    ]);
    const ended = { ...sampleManifest(), logs: { 'mlp_mnist-s1': { records: 8, sha256: 'ab'.repeat(32) } } };
    expect(said(studyOf(formatManifest(ended), {}))).toEqual([
      'manifest.json: the run had ended, and there is no log',
    ]);
  });

  it('has every fault of its manifest named', () => {
    const manifest = { ...sampleManifest(), schemaVersion: 1, logs: undefined, origin: 'dreamt', title: 7 };
    expect(said(studyOf(JSON.stringify(manifest), { 'mlp_mnist-s1.jsonl': plain }))).toEqual([
      'manifest.json: title is 7; allowed: a text',
      'manifest.json: origin is "dreamt"; allowed: one of trained, recorded, imported, probed',
    ]);
  });
});
