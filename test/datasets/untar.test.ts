import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { untar } from '../../src/datasets/untar.ts';
import { itWith, type Requirement, toolsDemanded } from '../requirements.ts';
import { tar } from './tar.ts';

const tarHere: Requirement = {
  missing: spawnSync('tar', ['--version']).status === 0 ? null : 'no program called tar',
  demanded: toolsDemanded,
};

describe('untar', () => {
  const files = {
    'a/one': Uint8Array.of(1, 2, 3),
    'two.bin': new Uint8Array(1000).fill(7),
    empty: new Uint8Array(0),
  };

  it('gives the files by name', () => {
    expect(Object.fromEntries(untar(tar(files)))).toEqual(files);
  });

  itWith(tarHere, 'reads what tar writes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'untar-'));
    writeFileSync(join(folder, 'x.bin'), new Uint8Array(700).fill(5));
    const { stdout } = spawnSync('tar', ['-cf', '-', '--format=ustar', '-C', folder, 'x.bin']);
    rmSync(folder, { recursive: true });
    expect(Object.fromEntries(untar(stdout))).toEqual({ 'x.bin': Buffer.alloc(700, 5) });
  });

  it('refuses a damaged header, and a file longer than the archive', () => {
    const damaged = tar(files);
    damaged[0] = 'b'.charCodeAt(0);
    expect(() => untar(damaged, 'x.tar')).toThrow('x.tar: tar header at byte 0');
    expect(() => untar(tar(files).subarray(0, 1024 + 512 + 999), 'x.tar')).toThrow(
      /size of two\.bin is 1000; allowed: 0 to 999/,
    );
  });
});
