import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors/input-error.ts';
import { readBounded, readBoundedText } from '../../src/files/read-file.ts';
import { itWith, system } from '../requirements.ts';

const folder = mkdtempSync(join(tmpdir(), 'rankscope-formats-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const ten = 'a file of ten bytes';

describe('a file that somebody named', () => {
  it('is read up to its bound', () => {
    writeFileSync(join(folder, 'ten'), '\ufeff1234567');
    expect(readBounded(join(folder, 'ten'), 10, ten).length).toBe(10);
    expect(readBoundedText(join(folder, 'ten'), 10, ten)).toBe('1234567');
    writeFileSync(join(folder, 'more'), '12345678901');
    expect(() => readBounded(join(folder, 'more'), 10, ten)).toThrow(/size is 11; allowed: at most 10 bytes/);
  });

  it('is a file that is there, in UTF-8', () => {
    expect(() => readBounded(join(folder, 'none'), 10, ten)).toThrow(/none: allowed: a file of ten bytes/);
    expect(() => readBounded(folder, 10, ten)).toThrow(InputError);
    writeFileSync(join(folder, 'latin'), Uint8Array.of(0x61, 0xe9));
    expect(() => readBoundedText(join(folder, 'latin'), 10, ten)).toThrow(/latin: allowed: text in UTF-8/);
  });

  itWith(
    system(existsSync('/dev/zero'), 'no /dev/zero'),
    'is no device, whose size is 0 and which has no end',
    () => {
      symlinkSync('/dev/zero', join(folder, 'endless'));
      expect(() => readBounded(join(folder, 'endless'), 10, ten)).toThrow(
        /endless: allowed: a file of ten bytes, not a device or a pipe/,
      );
    },
  );
});
