import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readManifest, readStudy } from '../../src/measurements/study-store.ts';
import { executeStudy } from '../../src/study/execute-study.ts';
import { repairStudy } from '../../src/study/repair-store.ts';
import { checkStudyFile } from '../../src/study/study-file.ts';
import { verifyStudy } from '../../src/study/verify-store.ts';
import { describeWithWorkers, noiseAsMnist, temporaryFolder } from './small-study.ts';
import { filesOf, fingerprint } from './study-content.ts';

const kept = resolve(import.meta.dirname, '../measurements/studies/v2');
const [first, second] = ['small_mnist_seed0', 'small_mnist_seed1'];

/** A copy of the study that is kept, and a place for the repaired one. */
function damaged(damage: (folder: string) => void): { readonly folder: string; readonly target: string } {
  const place = temporaryFolder();
  const folder = join(place, 'study');
  cpSync(kept, folder, { recursive: true });
  damage(folder);
  return { folder, target: join(place, 'new', 'repaired') };
}

const logOf = (folder: string, run = first): string => join(folder, 'runs', `${run}.jsonl`);

function change(file: string, from: string, to: string): void {
  const before = readFileSync(file, 'latin1');
  expect(before).toContain(from);
  writeFileSync(file, before.replace(from, to), 'latin1');
}

describe('repairing a study', () => {
  it('that is whole copies logs and checkpoints byte for byte, and the manifest in the present spelling', () => {
    const { folder, target } = damaged(() => {});
    expect(repairStudy(folder, target)).toEqual({ runs: [first, second], lost: [] });
    const records = (of: string): string[] => fingerprint(of).filter((name) => !name.startsWith('manifest'));
    expect(records(target)).toEqual(records(kept));
    expect(readManifest(target)).toEqual(readManifest(kept));
  });

  it('keeps the records that are whole, says what is lost, and leaves the old one as it is', () => {
    const { folder, target } = damaged((study) =>
      change(logOf(study), '{"step":4,"loss":2', '{"step":4,"loss":3'),
    );
    const before = fingerprint(folder);
    expect(repairStudy(folder, target)).toEqual({
      runs: [first, second],
      lost: [`${first}: 2 records of its log`],
    });
    expect(fingerprint(folder)).toEqual(before);
    const { manifest, runs, remarks } = readStudy(target);
    expect([...runs[0].steps]).toEqual([0, 8]);
    expect(runs[0]).toMatchObject({ complete: true, lostRecords: 2 });
    expect(runs[0].layers[0].spectra?.centered).toHaveLength(2);
    expect(manifest.notes).toEqual([
      `Lost, and left out when the study was repaired: ${first}: 2 records of its log`,
    ]);
    expect(remarks.map(({ check }) => check)).toEqual(['study-note', 'lost-records', 'interrupted-run']);
    expect(verifyStudy(target)).toMatchObject({ isWhole: true, runs: [{ log: { lostBefore: 2 } }, {}] });
    expect(existsSync(join(target, 'timings.json'))).toBe(false);
    expect(readdirSync(join(target, '..'))).toEqual(['repaired']);
  });

  it('leaves out a damaged checkpoint', () => {
    const name = 'step_00007.safetensors';
    const { folder, target } = damaged((study) =>
      change(join(study, 'checkpoints', first, name), '"seed":"0"', '"seed":"1"'),
    );
    const { lost } = repairStudy(folder, target);
    expect(lost).toEqual([
      expect.stringMatching(`^${first}: its checkpoint ${name} \\(.*digest of the file`),
    ]);
    expect(existsSync(join(target, 'checkpoints', first))).toBe(false);
    expect(verifyStudy(target).isWhole).toBe(true);
  });

  it('puts logs back that stand under each other’s names', () => {
    const { folder, target } = damaged((study) => {
      renameSync(logOf(study, first), logOf(study, 'x'));
      renameSync(logOf(study, second), logOf(study, first));
      renameSync(logOf(study, 'x'), logOf(study, second));
    });
    expect(repairStudy(folder, target).lost).toEqual([]);
    expect(filesOf(join(target, 'runs'))).toEqual(filesOf(join(kept, 'runs')));
  });

  it('says which logs are lost altogether', () => {
    const { folder, target } = damaged((study) => {
      rmSync(logOf(study, first));
      change(logOf(study, second), '"seed":1', '"seed":2');
    });
    expect(repairStudy(folder, target)).toEqual({
      runs: [],
      lost: [`${first}: all of its log`, `${second}: all of its log`],
    });
    expect(readManifest(target).runs).toEqual([first, second]);
  });

  it('keeps what a damaged manifest says, in doubt', () => {
    const { folder, target } = damaged((study) =>
      change(join(study, 'manifest.json'), '"small_mnist_seed1"\n', '"small_mnist_seed7"\n'),
    );
    expect(repairStudy(folder, target).runs).toEqual([first, second]);
    expect(readManifest(target)).toMatchObject({
      title: readManifest(kept).title,
      runs: [first, second],
      logs: readManifest(kept).logs,
      notes: [
        expect.stringMatching(
          /^The manifest .* was damaged .*title, origin, settings and machine may be wrong$/,
        ),
      ],
    });
  });

  it('makes a manifest where there is none that can be read', () => {
    const { folder, target } = damaged((study) => writeFileSync(join(study, 'manifest.json'), '{"schema'));
    repairStudy(folder, target);
    expect(readManifest(target)).toMatchObject({ title: 'study', runs: [first, second], settings: {} });
    expect(readStudy(target).runs).toHaveLength(2);
  });

  it('wants a folder that is free, and outside the study', () => {
    const { folder, target } = damaged(() => {});
    mkdirSync(target, { recursive: true });
    writeFileSync(join(target, 'mine.txt'), '');
    expect(() => repairStudy(folder, target)).toThrow(/a folder that does not exist yet, or is empty/);
    expect(() => repairStudy(folder, join(folder, 'new'))).toThrow(/a folder outside the study/);
    expect(() => repairStudy(folder, folder)).toThrow(/does not exist yet, or is empty/);
    rmSync(join(target, 'mine.txt'));
    expect(repairStudy(folder, target).runs).toHaveLength(2);
    expect(() => repairStudy(temporaryFolder(), join(folder, '..', 'x'))).toThrow(
      /a folder that holds a study/,
    );
    expect(existsSync(join(folder, '..', 'x'))).toBe(false);
  });
});

describeWithWorkers('training on in a study that was repaired', () => {
  it('gets back what was lost: the bytes are those of a study that was never damaged', async () => {
    const dataFolder = noiseAsMnist();
    const study = checkStudyFile({ ...readManifest(kept).settings, dataFolder }, 'kept');
    const options = { tool: { name: 'rankscope', version: 'test' }, machine: { cores: 2 }, workers: 1 };
    const place = temporaryFolder();
    const [whole, target] = [join(place, 'whole'), join(place, 'repaired')];
    await executeStudy(study, whole, options);
    const { folder } = damaged((copy) => {
      rmSync(copy, { recursive: true });
      cpSync(whole, copy, { recursive: true });
      change(logOf(copy, first), '{"step":8,"loss":', '{"step":9,"loss":');
      change(logOf(copy, second), '"n":1,', '"n":7,');
      change(join(copy, 'manifest.json'), '"cores"', '"corez"');
    });
    const { lost } = repairStudy(folder, target);
    expect(lost).toEqual([`${first}: 2 records of its log`, `${second}: all of its log`]);
    await executeStudy(study, target, options);
    const files = (of: string): string[] => fingerprint(of).filter((name) => !name.startsWith('timings'));
    expect(files(target)).toEqual(files(whole));
  });
});
