import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { assertWritable } from '../../src/files/assert-writable.ts';
import { makeFolder } from '../../src/files/make-folder.ts';
import { openTemporary } from '../../src/files/open-temporary.ts';
import { readBounded, readPieces } from '../../src/files/read-file.ts';
import { writeAtomically } from '../../src/files/write-atomically.ts';
import { writeFileBelow } from '../../src/files/write-files.ts';
import { temporaryFolder } from '../measurements/fixtures.ts';

/** A disk of its own, empty; null where none can be mounted. */
function mounted(options: string): string | null {
  const folder = temporaryFolder();
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status !== 0) return null;
  onTestFinished(() => void spawnSync('umount', [folder]));
  return folder;
}

describe('writing a file', () => {
  it('makes its folder and leaves nothing beside it', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'deep', 'file.txt');
    writeAtomically(path, 'old');
    writeAtomically(path, Uint8Array.of(0x6e, 0x65, 0x77));
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readdirSync(join(folder, 'deep'))).toEqual(['file.txt']);
  });

  it('follows no link that somebody may have laid where it is written first', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'file.txt');
    const names = [0, 1].map(() => {
      const { temporary, file } = openTemporary(path);
      closeSync(file);
      return temporary;
    });
    expect(new Set(names).size).toBe(2);
    expect(names.every((name) => name.startsWith(`${path}.`) && name.endsWith('.tmp'))).toBe(true);
    // As it was named before.
    symlinkSync(join(folder, 'precious'), `${path}.${process.pid}.tmp`);
    writeAtomically(path, 'x');
    expect(readdirSync(folder)).not.toContain('precious');
  });

  it('shows what was there before until all of it is written, and keeps it if that fails', () => {
    const folder = temporaryFolder();
    const read = (): string => readFileSync(join(folder, 'table.csv'), 'utf8');
    writeFileBelow(folder, 'table.csv', 'old');
    const pieces = function* (fails: boolean) {
      yield 'a'.repeat(2 ** 20);
      expect(read()).toBe('old');
      if (fails) throw new Error('no more');
      yield 'b';
    };
    expect(() => writeFileBelow(folder, 'table.csv', pieces(true))).toThrow('no more');
    expect([read(), readdirSync(folder)]).toEqual(['old', ['table.csv']]);
    writeFileBelow(folder, 'table.csv', pieces(false));
    expect([read().length, readdirSync(folder)]).toEqual([2 ** 20 + 1, ['table.csv']]);
  });

  it('names it where a disk is full', ({ skip }) => {
    const disk = mounted('size=65536');
    if (disk === null) return skip('no disk can be mounted here');
    const path = join(disk, 'file.txt');
    expect(() => writeAtomically(path, 'x'.repeat(100_000))).toThrow(
      expect.objectContaining({ code: 'ENOSPC', path }),
    );
    expect(readdirSync(disk)).toEqual([]);
  });

  it('leaves nothing behind if it fails', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'taken'));
    expect(() => writeAtomically(join(folder, 'taken'), 'x')).toThrow();
    expect(readdirSync(folder)).toEqual(['taken']);
  });

  it('says of a disk that can only be read that it is one, however deep the folder', ({ skip }) => {
    const disk = mounted('size=65536,ro');
    if (disk === null) return skip('no disk can be mounted here');
    for (const path of ['deep', join('deep', 'deeper', 'deepest')]) {
      expect(() => makeFolder(join(disk, path))).toThrow(/EROFS/);
    }
  });

  it('gives the fault of a folder that leads through a file', () => {
    const file = join(temporaryFolder(), 'file.txt');
    writeFileSync(file, '');
    expect(() => makeFolder(join(file, 'deep', 'deeper'))).toThrow(/ENOTDIR|EEXIST|ENOENT/);
  });
});

describe('whether a folder can be written', () => {
  it('is told by the innermost one that is there', () => {
    const folder = temporaryFolder();
    expect(() => assertWritable(join(folder, 'deep', 'deeper'))).not.toThrow();
    writeFileSync(join(folder, 'file.txt'), '');
    expect(() => assertWritable(join(folder, 'file.txt'))).not.toThrow();
    const through = join(folder, 'file.txt', 'deep');
    expect(() => assertWritable(through)).toThrow(
      expect.objectContaining({ code: 'ENOTDIR', path: through }),
    );
  });

  it('is denied of a disk that can only be read', ({ skip }) => {
    const disk = mounted('size=65536,ro');
    if (disk === null) return skip('no disk can be mounted here');
    const path = join(disk, 'report');
    expect(() => assertWritable(path)).toThrow(expect.objectContaining({ code: 'EROFS', path }));
    expect(() => assertWritable(disk)).toThrow(expect.objectContaining({ code: 'EROFS', path: disk }));
  });
});

describe('reading a file', () => {
  it('refuses what is not there, no file, or too large', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'file.txt');
    expect(() => readBounded(path, 10)).toThrow(/file\.txt: allowed: a file that exists/);
    expect(() => readBounded(folder, 10)).toThrow(/allowed: a file that exists, not a folder/);
    writeFileSync(path, '12345678901');
    expect(() => readBounded(path, 10)).toThrow(/size is 11; allowed: at most 10 bytes/);
    expect(Buffer.from(readBounded(path, 11)).toString()).toBe('12345678901');
  });

  it('gives it piece by piece from any place, and what is appended meanwhile', () => {
    const path = join(temporaryFolder(), 'file.txt');
    writeFileSync(path, 'abcdefgh');
    const pieces: string[] = [];
    for (const piece of readPieces(path, 2, 4)) {
      pieces.push(Buffer.from(piece).toString());
      if (pieces.length === 1) appendFileSync(path, 'ij');
    }
    expect(pieces).toEqual(['cdef', 'ghij']);
    expect([...readPieces(path, 10)]).toEqual([]);
  });
});
