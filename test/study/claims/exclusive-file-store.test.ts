import { existsSync, linkSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  createExclusively,
  removeCandidate,
  writeCandidate,
} from '../../../src/study/claims/exclusive-file-store.ts';
import { temporaryFolder } from '../small-study.ts';

const failing =
  (code: string) =>
  (_from: unknown, _to: unknown): never => {
    throw Object.assign(new Error(code), { code });
  };

describe.each([
  ['by a link', linkSync],
  ['without links, as on FAT', failing('EPERM')],
] as const)('a file created exclusively %s', (_, link) => {
  it('has the whole content, and is created once', () => {
    const folder = join(temporaryFolder(), 'new');
    const [first, second] = ['first', 'second'].map((text) => writeCandidate(join(folder, `.${text}`), text));
    const path = join(folder, 'claim');
    expect(createExclusively(first, path, link)).toBe(true);
    expect(createExclusively(second, path, link)).toBe(false);
    removeCandidate(first);
    removeCandidate(second);
    removeCandidate(second);
    expect(readFileSync(path, 'utf8')).toBe('first');
    expect(readdirSync(folder)).toEqual(['claim']);
  });
});

describe('createExclusively', () => {
  it('believes the file system, not an answer that was lost on the way', () => {
    const folder = temporaryFolder();
    const candidate = writeCandidate(join(folder, '.own'), 'own');
    const lost = (from: string, to: string): void => {
      linkSync(from, to);
      failing('EEXIST')(from, to);
    };
    expect(createExclusively(candidate, join(folder, 'claim'), lost as typeof linkSync)).toBe(true);
  });

  it('creates nothing without its candidate', () => {
    const folder = temporaryFolder();
    const candidate = writeCandidate(join(folder, '.own'), 'own');
    removeCandidate(candidate);
    expect(createExclusively(candidate, join(folder, 'claim'))).toBe(false);
    expect(existsSync(join(folder, 'claim'))).toBe(false);
  });

  it('passes on other faults', () => {
    const folder = temporaryFolder();
    const candidate = writeCandidate(join(folder, '.own'), 'own');
    expect(() => createExclusively(candidate, join(folder, 'claim'), failing('ENOSPC'))).toThrow('ENOSPC');
  });
});

describe('writeCandidate', () => {
  it('says when it wrote, by the clock that stamps every file there', () => {
    const folder = temporaryFolder();
    const earlier = writeCandidate(join(folder, 'a'), '').written;
    expect(writeCandidate(join(folder, 'b'), '').written).toBeGreaterThanOrEqual(earlier);
  });

  it('does not write over a file', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a'), 'other');
    expect(() => writeCandidate(join(folder, 'a'), '')).toThrow('EEXIST');
  });
});
