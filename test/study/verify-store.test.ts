import { appendFileSync, cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeRun } from '../../src/measurements/log-store.ts';
import {
  createStudy,
  noteEndedLogs,
  readManifest,
  readStudy,
  writeManifest,
} from '../../src/measurements/study-store.ts';
import type { StudyVerification } from '../../src/study/verification.ts';
import { verifyStudy } from '../../src/study/verify-store.ts';
import { plantedRun } from '../dynamics/planted-run.ts';
import { temporaryFolder } from './small-study.ts';

const kept = (version: string): string => resolve(import.meta.dirname, '../measurements/studies', version);
const [first, second] = ['small_mnist_seed0', 'small_mnist_seed1'];

function copyOf(version: string): string {
  const folder = join(temporaryFolder(), 'study');
  cpSync(kept(version), folder, { recursive: true });
  return folder;
}

function change(file: string, from: string | RegExp, to: string): void {
  const before = readFileSync(file, 'latin1');
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  writeFileSync(file, after, 'latin1');
}

const logOf = (folder: string, run = first): string => join(folder, 'runs', `${run}.jsonl`);
const faultsOf = ({ runs }: StudyVerification): (readonly [string, number | null, string])[] =>
  runs.flatMap(({ run, log }) => (log?.faults ?? []).map(({ line, what }) => [run, line, what] as const));

describe('verifying a study', () => {
  it('says of every file that it is whole, and changes nothing', () => {
    const folder = copyOf('v2');
    expect(verifyStudy(folder)).toEqual({
      isWhole: true,
      manifest: { state: 'whole', fault: null },
      runs: [
        {
          run: first,
          state: 'ended',
          log: {
            version: 2,
            whole: 13,
            lost: 0,
            isTorn: false,
            lastStep: 8,
            lostBefore: 0,
            faults: [],
            faultCount: 0,
          },
          checkpoints: [{ file: 'step_00007.safetensors', state: 'whole', fault: null }],
          absentCheckpoints: [4],
        },
        expect.objectContaining({ run: second, state: 'interrupted' }),
      ],
      strays: [],
    });
  });

  it('names the line of a log', () => {
    const folder = copyOf('v2');
    change(logOf(folder), '"accuracy":0.125', '"accuracy":0.175');
    const verification = verifyStudy(folder);
    expect(verification.isWhole).toBe(false);
    expect(faultsOf(verification)).toEqual([
      [first, 9, 'its checksum does not fit it'],
      [first, null, 'record 9 is lost'],
    ]);
    expect(verification.runs[0]).toMatchObject({ state: 'damaged', log: { whole: 12, lost: 1 } });
  });

  it('knows a log that is missing from one that was never begun', () => {
    const folder = copyOf('v2');
    rmSync(logOf(folder, first));
    rmSync(logOf(folder, second));
    rmSync(join(folder, 'checkpoints'), { recursive: true });
    expect(verifyStudy(folder).runs.map(({ state }) => state)).toEqual(['missing', 'absent']);
    writeManifest(folder, { ...readManifest(folder), logs: {} });
    expect(verifyStudy(folder)).toMatchObject({ isWhole: true });
  });

  it('takes a log for lost whose checkpoints are there', () => {
    const folder = copyOf('v2');
    rmSync(logOf(folder, second));
    expect(verifyStudy(folder)).toMatchObject({ isWhole: false, runs: [{}, { state: 'missing' }] });
  });

  it('finds a log that stands under the name of another run', () => {
    const folder = copyOf('v2');
    cpSync(logOf(folder, first), logOf(folder, second));
    expect(faultsOf(verifyStudy(folder))).toContainEqual([second, null, `the log of another run, ${first}`]);
  });

  it('finds a checkpoint that is damaged, of another run, or of another step', () => {
    const folder = copyOf('v2');
    const checkpoint = (run: string, step: string): string =>
      join(folder, 'checkpoints', run, `step_${step}.safetensors`);
    const verdicts = (): (string | null)[] =>
      verifyStudy(folder).runs.flatMap(({ checkpoints }) => checkpoints.map(({ fault }) => fault));
    expect(verdicts()).toEqual([null, null]);
    cpSync(checkpoint(first, '00007'), checkpoint(second, '00007'));
    expect(verdicts()).toEqual([null, `a checkpoint of ${first}`, null]);
    renameSync(checkpoint(second, '00004'), checkpoint(second, '00007'));
    expect(verdicts()[1]).toMatch(/__metadata__\.step is 4; allowed: 7, as in its name/);
    change(checkpoint(first, '00007'), /.$/s, '\x01');
    expect(verdicts()[0]).toMatch(/__metadata__\.sha256/);
    expect(verifyStudy(folder).isWhole).toBe(false);
  });

  it('says which checkpoints are gone, without which a run is whole', () => {
    const folder = copyOf('v2');
    rmSync(join(folder, 'checkpoints', first), { recursive: true });
    expect(verifyStudy(folder)).toMatchObject({ isWhole: true, runs: [{ absentCheckpoints: [4, 7] }, {}] });
  });

  it('goes by the logs if the manifest is damaged or gone', () => {
    const folder = copyOf('v2');
    const manifest = join(folder, 'manifest.json');
    change(manifest, '"title": "A small', '"title": "A large');
    expect(verifyStudy(folder)).toMatchObject({
      isWhole: false,
      manifest: { state: 'damaged', fault: 'its checksum does not fit it' },
      runs: [{ state: 'ended' }, { state: 'interrupted' }],
    });
    writeFileSync(manifest, 'not JSON');
    expect(verifyStudy(folder)).toMatchObject({ manifest: { state: 'damaged' }, runs: [{ run: first }, {}] });
    rmSync(manifest);
    expect(verifyStudy(folder)).toMatchObject({ manifest: { state: 'missing' }, runs: [{ run: first }, {}] });
  });

  it('mentions logs of no run, and does not mind other files', () => {
    const folder = copyOf('v2');
    writeFileSync(logOf(folder, 'stranger'), '');
    writeFileSync(join(folder, 'runs', '._hidden.jsonl'), '');
    writeFileSync(join(folder, 'runs', 'notes.txt'), '');
    expect(verifyStudy(folder)).toMatchObject({ isWhole: true, strays: ['stranger'] });
  });

  it('is of no use where there is no study', () => {
    expect(() => verifyStudy(temporaryFolder())).toThrow(/allowed: a folder that holds a study/);
  });

  it('takes what other programs wrote, and what it was told of its end', () => {
    const folder = join(temporaryFolder(), 'study');
    createStudy(folder, {
      ...readManifest(kept('v2')),
      origin: 'imported',
      settings: {},
      runs: ['planted'],
      logs: {},
    });
    const run = plantedRun([Float64Array.of(1, 2, 3)], { id: 'planted' });
    writeRun(folder, run);
    expect(verifyStudy(folder)).toMatchObject({ isWhole: true, runs: [{ state: 'ended' }] });
    noteEndedLogs(folder);
    writeRun(folder, { ...run, loss: run.loss.map((loss) => loss + 1) }, { overwrite: true });
    expect(faultsOf(verifyStudy(folder))).toEqual([
      ['planted', null, 'not the log that the manifest names: its digest is another'],
    ]);
    expect(readStudy(folder).remarks).toMatchObject([{ check: 'other-log', run: 'planted' }]);
  });
});

describe('verifying a study without checksums', () => {
  it.each<[string, (folder: string) => void, RegExp]>([
    [
      'evaluations that stand in each other’s place',
      (folder) => {
        const lines = readFileSync(logOf(folder), 'utf8').split('\n');
        const [a, b] = ['0.075', '0.125'].map((accuracy) =>
          lines.findIndex((line) => line.includes(`"accuracy":${accuracy}`)),
        );
        writeFileSync(logOf(folder), lines.with(a, lines[b]).with(b, lines[a]).join('\n'));
      },
      /step 0, out of its place/,
    ],
    [
      'an accuracy that is no share of its examples',
      (folder) => change(logOf(folder), '"accuracy":0.125', '"accuracy":0.135'),
      /evaluation\.accuracy is 0\.135; allowed: a whole number of its 40 examples/,
    ],
    [
      'an accuracy above those of all classes',
      (folder) => change(logOf(folder), '"perClass":[0,0,0,1,0', '"perClass":[0,0,0,0,0'),
      /evaluation\.accuracy is 0\.125; allowed: between those of the classes, 0 and 0/,
    ],
    [
      'too few classes',
      (folder) => change(logOf(folder), '"perClass":[0,0,0,1,0,', '"perClass":[0,0,0,1,'),
      /evaluation\.perClass is "of 9 classes"; allowed: the header's 10 classes/,
    ],
    [
      'a metric that does not follow from its spectrum',
      (folder) => change(logOf(folder), '"stable_rank":1.02', '"stable_rank":1.12'),
      /^stable_rank of conv_layers\.0 is 1\.12.*; by its spectrum 1\.02/,
    ],
    [
      'a setting that is not that of the study',
      (folder) => change(logOf(folder), '"learningRate":0.02', '"learningRate":0.03'),
      /^hyperparameters .*; the study's settings make it/,
    ],
    [
      'an evaluation that is missing',
      (folder) => {
        const lines = readFileSync(logOf(folder), 'utf8').split('\n');
        writeFileSync(
          logOf(folder),
          lines.filter((line) => !line.startsWith('{"evaluation":{"step":6')).join('\n'),
        );
      },
      /^evaluation at step 6: due, and not logged/,
    ],
  ])('finds %s', (_, damage, message) => {
    const folder = copyOf('v1');
    damage(folder);
    const verification = verifyStudy(folder);
    expect(verification.isWhole).toBe(false);
    expect(faultsOf(verification)[0][2]).toMatch(message);
  });

  it('finds runs in the manifest that its settings do not make, and another title', () => {
    const folder = copyOf('v1');
    change(join(folder, 'manifest.json'), '"small_mnist_seed1"', '"small_mnist_seed9"');
    expect(verifyStudy(folder)).toMatchObject({
      isWhole: false,
      manifest: { state: 'damaged', fault: 'its runs are not those that its settings make' },
    });
  });

  it('finds a checkpoint that contradicts itself, or holds what is no number', () => {
    const folder = copyOf('v1');
    const file = join(folder, 'checkpoints', first, 'step_00007.safetensors');
    const bytes = readFileSync(file);
    const fault = (): string | null => verifyStudy(folder).runs[0].checkpoints[0].fault;
    expect(fault()).toBeNull();
    change(file, '"seed":"0"', '"seed":"1"');
    expect(fault()).toBe('its plan names another seed than its metadata');
    bytes.writeFloatLE(Number.NaN, bytes.length - 4);
    writeFileSync(file, bytes);
    expect(fault()).toMatch(/holds what is no number$/);
  });

  it('is not kept from it by a hostile manifest', () => {
    const folder = copyOf('v1');
    const many = Array.from({ length: 100 }, (_, i) => i + 1);
    const grid = { steps: many, examples: many, batchSize: many, warmup: many, learningRate: [1] };
    const manifest = readManifest(folder);
    const settings = { ...manifest.settings, grid };
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, settings }));
    expect(verifyStudy(folder).manifest.state).toBe('unsealed');
    mkdirSync(join(folder, 'runs', 'directory.jsonl'));
    appendFileSync(logOf(folder), '\n'.repeat(1000));
    expect(verifyStudy(folder).runs[0]).toMatchObject({ state: 'damaged', log: { faultCount: 1000 } });
  });
});
