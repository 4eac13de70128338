import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeFileFault } from '../../src/cli/file-fault.ts';
import { isFileFault } from '../../src/files/is-file-fault.ts';
import { withPath } from '../../src/files/with-path.ts';
import { scratchFolder } from './rankscope.ts';

const fault = (code: string, path?: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`${code}: the system’s words`), { code, syscall: 'open', ...(path && { path }) });

describe('a fault of a file', () => {
  it.each([
    ['EROFS', /^\/a\/b cannot be used \(EROFS\): .* can only be read; name a folder elsewhere$/],
    ['EACCES', /^\/a\/b cannot be used \(EACCES\): .* not permitted; have the permissions changed/],
    ['ENOSPC', /^\/a\/b cannot be used \(ENOSPC\): there is no room left .*; free some/],
    ['ENOTDIR', /^\/a\/b cannot be used \(ENOTDIR\): .* is a file; name another folder$/],
    ['EDQUOT', /^\/a\/b cannot be used \(EDQUOT\): your share .*; free some/],
    ['EIO', /^\/a\/b cannot be used \(EIO\): its disk failed; see to that disk/],
    ['EMFILE', /^\/a\/b cannot be used \(EMFILE\): too many files are open; raise the limit/],
    ['EBADMSG', /^EBADMSG: the system’s words$/],
    ['constructor', /^constructor: the system’s words$/],
  ])('%s is named with its path and what can be done', (code, text) => {
    expect(describeFileFault(fault(code, '/a/b'))).toMatch(text);
  });

  it('that names no file is one of the folder that was written to', () => {
    expect(describeFileFault(fault('ENOSPC'))).toBe('ENOSPC: the system’s words');
    expect(withPath(fault('ENOSPC'), '/study')).toMatchObject({ path: '/study' });
    expect(withPath(fault('ENOSPC', '/study/a'), '/study')).toMatchObject({ path: '/study/a' });
    const other = new Error('other');
    expect(withPath(other, '/study')).toBe(other);
    expect(other).not.toHaveProperty('path');
  });

  it('of a copy that finds no room is one of what is written, and of one that may not be read of what is read', () => {
    const copy = (code: string) => describeFileFault({ ...fault(code, '/from'), message: '', dest: '/to' });
    expect(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES'].map((code) => copy(code).split(' ')[0])).toEqual([
      '/to',
      '/to',
      '/to',
      '/from',
    ]);
  });

  it('sends no control characters to the terminal', () => {
    expect(describeFileFault(fault('EACCES', '/a\u001b[31m\n/b'))).toMatch(/^\/a\ufffd\[31m \/b cannot/);
  });

  it('is told from other errors', () => {
    let real: unknown;
    try {
      writeFileSync(join(scratchFolder(), 'no', 'where'), '');
    } catch (error) {
      real = error;
    }
    expect([real, new Error('x'), null].map(isFileFault)).toEqual([true, false, false]);
    expect(describeFileFault(real as NodeJS.ErrnoException)).toMatch(
      /where cannot be used \(ENOENT\): it is not/,
    );
  });
});
