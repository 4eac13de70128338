import { mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { staleAfter, sweepStale, temporaryName } from '../../src/files/stale-temporaries.ts';
import { writeAtomically } from '../../src/files/write-atomically.ts';
import { temporaryFolder } from '../measurements/fixtures.ts';

afterEach(() => void vi.useRealTimers());

/** What a process that was killed so long ago was writing. */
function left(path: string, ago: number, at = temporaryName(path)): string {
  writeFileSync(at, 'half');
  const seconds = (Date.now() - ago) / 1000;
  utimesSync(at, seconds, seconds);
  return basename(at);
}

const old = staleAfter + 60_000;
const young = staleAfter - 60_000;

describe('files that a killed process was writing', () => {
  it('go when a file is next written in their folder, once nobody can be writing them', () => {
    const folder = temporaryFolder();
    left(join(folder, 'a.bin'), old);
    left(join(folder, 'b.bin'), old);
    const living = left(join(folder, 'a.bin'), young);
    writeAtomically(join(folder, 'a.bin'), 'whole');
    expect(readdirSync(folder).sort()).toEqual(['a.bin', living].sort());
  });

  it('are told from those of other programs, from folders and from links', () => {
    const folder = temporaryFolder();
    const others = ['a.tmp', 'a.bin.0123456789abcdef.tmp', 'a.bin.rankscope-0123456789abcdef.tmp.bin'];
    for (const name of others) left(folder, old, join(folder, name));
    const inside = temporaryName(join(folder, 'folder'));
    mkdirSync(inside);
    left(folder, old, join(inside, 'precious'));
    const link = temporaryName(join(folder, 'link'));
    symlinkSync(join(inside, 'precious'), link);
    sweepStale(folder, () => Date.now() + 2 * old);
    expect(readdirSync(folder).sort()).toEqual([...others, basename(inside), basename(link)].sort());
    expect(readdirSync(inside)).toEqual(['precious']);
  });

  it('are as old as their file system says, whatever this machine takes for the time', () => {
    const folder = temporaryFolder();
    const living = left(join(folder, 'a.bin'), young);
    vi.useFakeTimers({ now: Date.now() + 10 * old, toFake: ['Date'] });
    sweepStale(folder);
    expect(readdirSync(folder)).toEqual([living]);
  });

  it('are looked for once, however many files are written', () => {
    const folder = temporaryFolder();
    writeAtomically(join(folder, 'a.bin'), 'whole');
    const later = left(join(folder, 'a.bin'), old);
    for (let i = 0; i < 3; i++) writeAtomically(join(folder, `${i}.bin`), 'whole');
    sweepStale(folder);
    expect(readdirSync(folder)).toContain(later);
  });

  it('are none where there is no folder', () => {
    const folder = join(temporaryFolder(), 'none');
    expect(() => sweepStale(folder)).not.toThrow();
  });
});
