import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors/input-error.ts';
import { readSeries } from '../../../src/imports/series/series-store.ts';
import { readTuringChangePoints } from '../../../src/imports/series/turing-change-points-store.ts';
import { temporaryFolder } from '../../measurements/fixtures.ts';

const readers = [
  ['a file of series', readSeries],
  ['a folder of annotated series', async (folder: string) => readTuringChangePoints(folder)],
] as const;

describe.each(readers)('%s', (_, read) => {
  it('that is not there is the fault of who names it', async () => {
    await expect(read(join(temporaryFolder(), 'none'))).rejects.toThrow(InputError);
  });

  it.skipIf(process.platform === 'win32')('that cannot be opened is not said to be absent', async () => {
    const loop = join(temporaryFolder(), 'loop');
    symlinkSync(loop, loop);
    await expect(read(loop)).rejects.toMatchObject({ code: 'ELOOP', path: loop });
  });
});
