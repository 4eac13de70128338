import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { compiledPath } from '../compiled-program.ts';
import { itWith, system } from '../requirements.ts';
import { contentOf } from '../study/directory-content.ts';
import { rankscope, scratchFolder } from './rankscope.ts';
import { writeTinyStudy } from './tiny-study.ts';

const main = compiledPath('cli/main.js');

describe('rankscope train, where it cannot write', () => {
  // Root may write anywhere, so that a test by root is a test as nobody.
  const isRoot = process.getuid?.() === 0;
  const nobody = isRoot ? { uid: 65534, gid: 65534 } : {};
  const canRead =
    process.platform === 'win32' ? null : spawnSync(process.execPath, [main, '--version'], nobody).status;

  const asNobody = system(canRead === 0, 'nobody else may read the program here');
  itWith(asNobody, 'names the folder that may not be written, and what to do', () => {
    const folder = scratchFolder();
    chmodSync(folder, 0o555);
    onTestFinished(() => chmodSync(folder, 0o755));
    const out = join(folder, 'study');
    const given = ['train', '--preset', 'demo', '--seeds', '0', '--steps', '3', '--out', out];
    const { status, stderr } = spawnSync(process.execPath, [main, ...given], {
      encoding: 'utf8',
      ...nobody,
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /study.* cannot be used \(EACCES\): that is not permitted; have the permissions changed/,
    );
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('names a path that leads through a file', () => {
    const file = writeTinyStudy();
    const { code, err } = rankscope('train', file, '--out', join(file, 'study'));
    expect(code).toBe(1);
    expect(err).toMatch(/study\.json.* cannot be used \((ENOTDIR|EEXIST|ENOENT)\): .*; name another folder/);
  });
});

/** Mounts a disk of so many bytes, or says that this cannot be done here. */
function smallDisk(bytes: number): { readonly folder: string; grow(bytes: number): void } | null {
  const folder = mkdtempSync(join(tmpdir(), 'rankscope-disk-'));
  onTestFinished(() => {
    spawnSync('umount', [folder]);
    rmSync(folder, { recursive: true });
  });
  const mount = (options: string): boolean =>
    spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status === 0;
  if (process.platform !== 'linux' || !mount(`size=${bytes}`)) return null;
  return { folder, grow: (more) => void mount(`remount,size=${more}`) };
}

describe('rankscope train, on a disk that fills up', () => {
  it('says so, and goes on to the same bytes once there is room', ({ skip }) => {
    const disk = smallDisk(65_536);
    if (disk === null) return skip('no disk can be mounted here');
    const file = writeTinyStudy({
      training: { steps: 30, examples: 64 },
      measurement: { every: 1, samples: 40 },
      checkpoints: { every: 10 },
    });
    const whole = join(scratchFolder(), 'study');
    expect(rankscope('train', file, '--out', whole).code).toBe(0);
    const study = join(disk.folder, 'study');
    const full = rankscope('train', file, '--out', study);
    expect(full.code).toBe(1);
    expect(full.out).toMatch(/the disk is full/);
    expect(full.err).toContain(`There is no room left on the disk that holds ${study}: free some first.`);
    expect(full.err).toContain('To go on with');
    disk.grow(50_000_000);
    expect(rankscope('train', file, '--out', study).code).toBe(0);
    const { 'manifest.json': _, ...content } = contentOf(whole);
    expect(contentOf(study)).toMatchObject(content);
    expect(Object.keys(contentOf(study)).toSorted()).toEqual(Object.keys(contentOf(whole)).toSorted());
  });
});

describe('a disk without any room', () => {
  const csv = `run,step,loss,effective_rank/a\n${Array.from({ length: 9000 }, (_, i) => `a,${i},1,${i}`).join('\n')}\n`;
  const kept = resolve(import.meta.dirname, '../measurements/studies/v2');
  it.for<[string, string, (out: string, file: string) => string[]]>([
    [
      'analyze --runs',
      'cache.*bin',
      (out) => ['analyze', kept, '--runs', '1/1', '--cache', join(out, 'cache')],
    ],
    ['analyze', 'csv', (out) => ['analyze', kept, '--no-cache', '--out', out]],
    ['import', 'a\\.jsonl', (out, file) => ['import', file, '--out', join(out, 'study')]],
    ['repair', 'jsonl', (out) => ['repair', kept, '--out', join(out, 'study')]],
    [
      'submit',
      'claims',
      (out) => ['submit', '--preset', 'demo', '--seeds', '0', '--out', join(out, 'study')],
    ],
  ])('is told by %s with the file that found none, and exit code 1', ([, path, given], { skip }) => {
    const disk = smallDisk(4096);
    if (disk === null) return skip('no disk can be mounted here');
    writeFileSync(join(disk.folder, 'full'), Buffer.alloc(4096));
    const file = join(scratchFolder(), 'table.csv');
    writeFileSync(file, csv);
    const { code, err } = rankscope(...given(disk.folder, file));
    expect(err).toMatch(
      new RegExp(`^rankscope: ${disk.folder}/.*${path}.* cannot be used \\(ENOSPC\\): there is no room`),
    );
    expect(code).toBe(1);
  });

  const fullDevice = system(existsSync('/dev/full'), 'no /dev/full');
  itWith(fullDevice, 'is told of where the output goes, without a trace of the program', () => {
    const full = openSync('/dev/full', 'w');
    onTestFinished(() => closeSync(full));
    const { status, stderr } = spawnSync(process.execPath, [main, 'show', kept], {
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    expect(stderr).toBe(
      'rankscope: standard output cannot be used (ENOSPC): there is no room left on its disk; free some and give the same command again\n',
    );
    expect(status).toBe(1);
  });

  itWith(fullDevice, 'is no reason to stop where only what is said on the way goes there', () => {
    const full = openSync('/dev/full', 'w');
    onTestFinished(() => closeSync(full));
    // Something is said: nothing can be kept.
    const file = join(scratchFolder(), 'file');
    writeFileSync(file, '');
    const { status, stdout } = spawnSync(
      process.execPath,
      [main, 'analyze', kept, '--json', '--cache', join(file, 'cache')],
      { stdio: ['ignore', 'pipe', full], encoding: 'utf8' },
    );
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toHaveProperty('rates');
  });
});

describe('a share of an analysis', () => {
  it('that cannot be kept is no fault of the command line', () => {
    const file = join(scratchFolder(), 'file');
    writeFileSync(file, '');
    const kept = resolve(import.meta.dirname, '../measurements/studies/v2');
    const { code, err } = rankscope('analyze', kept, '--runs', '1/1', '--cache', join(file, 'cache'));
    expect(err).toMatch(/file.cache.* cannot be used \((ENOTDIR|EEXIST|ENOENT)\): /);
    expect(code).toBe(1);
  });
});

describe('a folder for results that cannot be written', () => {
  it.each(['analyze', 'report', 'audit', 'test', 'mechanisms', 'landscape'])(
    'is told by %s before the work',
    (command) => {
      // A study whose log nobody can read: work would end with that.
      const study = scratchFolder();
      mkdirSync(join(study, 'runs'));
      writeFileSync(join(study, 'runs', 'a.jsonl'), 'no log');
      const manifest = {
        format: 'rankscope-study',
        schemaVersion: 2,
        title: 'A',
        source: 'trained',
        runs: [{ id: 'a' }],
      };
      writeFileSync(join(study, 'manifest.json'), JSON.stringify(manifest));
      const out = join(study, 'manifest.json', 'results');
      const { code, err } = rankscope(command, study, '--out', out);
      expect(err).toContain(
        `${out} cannot be used (ENOTDIR): a part of that path is a file; name another folder`,
      );
      expect(code).toBe(1);
    },
  );
});
