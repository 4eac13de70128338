import fs, { readdirSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { analyzeShareOf } from '../../src/workbench/analyze-share.ts';
import { analyzeStudyIn, type CacheUse } from '../../src/workbench/examine-study.ts';
import { studyOfSeeds } from './study-of-seeds.ts';

/** From now on, until this test ends, whatever is written finds the disk at fault; the platform's own functions are taken in every module at once. */
function failDisk(code: string): void {
  vi.spyOn(fs, 'writeFileSync').mockImplementation(() => {
    throw Object.assign(new Error(`${code}: as the system says`), { code, syscall: 'write' });
  });
  syncBuiltinESMExports();
  onTestFinished(() => {
    vi.restoreAllMocks();
    syncBuiltinESMExports();
  });
}

it.each(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EMFILE'])(
  'a share that cannot be kept ends with what the disk said, %s, and at once',
  async (code) => {
    const study = studyOfSeeds();
    // The user's key was drawn before.
    await analyzeShareOf(study, { index: 1, of: 1 }, { workers: 1, alpha: 0.1 });
    failDisk(code);
    const done: string[] = [];
    const onProgress = ({ stage, what }: { stage: string; what: string }) => done.push(`${stage} ${what}`);
    const share = analyzeShareOf(study, { index: 1, of: 1 }, { workers: 1, onProgress });
    await expect(share).rejects.toMatchObject({ code, path: expect.stringMatching(/cache.*\.bin$/) });
    expect(done.filter((what) => what.startsWith('analyzing')).length).toBeLessThan(2);
    expect(readdirSync(join(study, 'cache', 'runs')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  },
);

it('an analysis of all goes on without a cache that cannot be kept', async () => {
  const study = studyOfSeeds();
  failDisk('ENOSPC');
  let use: CacheUse | undefined;
  await analyzeStudyIn(study, { workers: 1, onCache: (told) => (use = told) });
  expect(use).toMatchObject({ known: 0, trouble: expect.stringContaining('ENOSPC') });
});
