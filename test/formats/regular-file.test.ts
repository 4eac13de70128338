import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors/input-error.ts';
import { readRegularFile, readTextFile } from '../../src/formats/regular-file.ts';
import { itWith, system } from '../requirements.ts';

const folder = mkdtempSync(join(tmpdir(), 'rankscope-formats-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const bounds = { most: 10, allowed: 'a file of ten bytes' };

describe('a file that somebody named', () => {
  it('is read up to its bound', () => {
    writeFileSync(join(folder, 'ten'), '\ufeff1234567');
    expect(readRegularFile(join(folder, 'ten'), bounds).length).toBe(10);
    expect(readTextFile(join(folder, 'ten'), bounds)).toBe('1234567');
    writeFileSync(join(folder, 'more'), '12345678901');
    expect(() => readRegularFile(join(folder, 'more'), bounds)).toThrow(
      /file length is "11 bytes"; allowed: at most 10/,
    );
  });

  it('is a file that is there, in UTF-8', () => {
    expect(() => readRegularFile(join(folder, 'none'), bounds)).toThrow(/none: allowed: a file of ten bytes/);
    expect(() => readRegularFile(folder, bounds)).toThrow(InputError);
    writeFileSync(join(folder, 'latin'), Uint8Array.of(0x61, 0xe9));
    expect(() => readTextFile(join(folder, 'latin'), bounds)).toThrow(/latin: allowed: text in UTF-8/);
  });

  itWith(
    system(existsSync('/dev/zero'), 'no /dev/zero'),
    'is no device, whose size is 0 and which has no end',
    () => {
      symlinkSync('/dev/zero', join(folder, 'endless'));
      expect(() => readRegularFile(join(folder, 'endless'), bounds)).toThrow(
        /endless: allowed: a file of ten bytes/,
      );
    },
  );
});
