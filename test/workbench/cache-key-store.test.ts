import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openCache } from '../../src/workbench/analysis-cache-store.ts';
import { cacheKey } from '../../src/workbench/cache-key-store.ts';

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rankscope-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe('the key of a user’s caches', () => {
  it('is drawn once, and for the user’s eyes', () => {
    const folder = join(emptyFolder(), 'made', 'when needed');
    const key = cacheKey(folder);
    expect(key).toHaveLength(32);
    expect(cacheKey(folder)).toEqual(key);
    expect(cacheKey(emptyFolder())).not.toEqual(key);
    if (process.platform !== 'win32') expect(statSync(join(folder, 'cache-key')).mode & 0o777).toBe(0o600);
  });

  it('is none where it cannot be kept', () => {
    const file = join(emptyFolder(), 'file');
    writeFileSync(file, '');
    expect(cacheKey(file)).toMatchObject({ syscall: 'mkdir' });
    const folder = emptyFolder();
    mkdirSync(join(folder, 'cache-key'));
    expect(cacheKey(folder)).toMatchObject({ code: expect.stringMatching(/EISDIR|EPERM/) });
    expect(readdirSync(folder)).toEqual(['cache-key']);
  });

  it.each(['', 'short'])('is drawn anew where %j is left of one that did not fit on the disk', (left) => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'cache-key'), left);
    const key = cacheKey(folder);
    expect(key).toHaveLength(32);
    expect(cacheKey(folder)).toEqual(key);
    expect(readdirSync(folder)).toEqual(['cache-key']);
  });

  it('lies where the user’s cached files do, and not in the folder that the program is started in', () => {
    const [before, home] = [process.cwd(), emptyFolder()];
    vi.stubEnv('HOME', home);
    vi.stubEnv('USERPROFILE', home);
    vi.stubEnv('LOCALAPPDATA', undefined);
    vi.stubEnv('XDG_CACHE_HOME', 'brought-along');
    onTestFinished(() => void vi.unstubAllEnvs());
    const key = cacheKey();
    expect(readdirSync(before)).not.toContain('brought-along');
    expect(cacheKey(join(home, '.cache', 'rankscope'))).toEqual(key);
    vi.stubEnv('XDG_CACHE_HOME', join(home, 'elsewhere'));
    expect(cacheKey()).toEqual(cacheKey(join(home, 'elsewhere', 'rankscope')));
  });
});

describe('a cache', () => {
  const [mine, theirs] = [1, 2].map((byte) => new Uint8Array(32).fill(byte));

  it('gives what this user kept, and nothing that somebody else did', () => {
    const folder = emptyFolder();
    openCache(folder, mine).keep('runs/a', { log: 'x' }, { layers: 3 });
    expect(openCache(folder, mine).read('runs/a', { log: 'x' })).toEqual({ layers: 3 });
    expect(openCache(folder, mine).read('runs/a', { log: 'y' })).toBeNull();
    expect(openCache(folder, theirs).read('runs/a', { log: 'x' })).toBeNull();
  });

  it('believes no file without the user’s seal, though its content is the same', () => {
    const folder = emptyFolder();
    openCache(folder, mine).keep('runs/a', { log: 'x' }, { layers: 3 });
    const file = join(folder, 'runs', 'a.bin');
    const [seal] = readFileSync(file, 'latin1').split('\n', 1);
    const content = readFileSync(file).subarray(seal.length);
    const other = `${seal.slice(0, -1)}${seal.endsWith('0') ? '1' : '0'}`;
    writeFileSync(file, Buffer.concat([Buffer.from(other), content]));
    expect(openCache(folder, mine).read('runs/a', { log: 'x' })).toBeNull();
  });

  it('believes no file that was put in the place of another', () => {
    const folder = emptyFolder();
    const cache = openCache(folder, mine);
    cache.keep('runs/a', { log: 'x' }, { layers: 3 });
    cache.keep('texts/runs/a', { log: 'x' }, ['{"layers":3}']);
    renameSync(join(folder, 'runs/a.bin'), join(folder, 'texts/runs/a.bin'));
    expect(cache.claims('texts/runs/a', { log: 'x' })).toBe(false);
    expect(cache.read('texts/runs/a', { log: 'x' })).toBeNull();
  });

  it.skipIf(process.platform === 'win32')('does not wait for what a pipe in it may say', () => {
    const folder = emptyFolder();
    const cache = openCache(folder, mine);
    cache.keep('runs/a', { log: 'x' }, { layers: 3 });
    rmSync(join(folder, 'runs/a.bin'));
    spawnSync('mkfifo', [join(folder, 'runs/a.bin')]);
    expect(cache.claims('runs/a', { log: 'x' })).toBe(false);
    expect(cache.read('runs/a', { log: 'x' })).toBeNull();
    cache.keep('runs/a', { log: 'x' }, { layers: 3 });
    expect(cache.claims('runs/a', { log: 'x' })).toBe(true);
  });

  it('keeps nothing without a key, and says so', () => {
    const folder = emptyFolder();
    const cache = openCache(folder, new Error('no home'));
    cache.keep('runs/a', {}, {});
    expect(cache.read('runs/a', {})).toBeNull();
    expect(cache.trouble).toMatch(/key of your caches .*: no home/);
  });
});
