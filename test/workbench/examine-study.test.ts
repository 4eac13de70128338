import { join } from 'node:path';
import { expect, it } from 'vitest';
import { examineStudy } from '../../src/workbench/examine-study.ts';
import { scratchFolder } from '../cli/rankscope.ts';
import { studyOfSeeds } from './study-of-seeds.ts';

it('refuses a file of claims that cannot be read before anything is analyzed', async () => {
  const begun: string[] = [];
  const claims = join(scratchFolder(), 'claims.yaml');
  const examined = examineStudy(studyOfSeeds(), {
    ...{ claims, cache: false, workers: 1 },
    onProgress: ({ stage }) => begun.push(stage),
  });
  await expect(examined).rejects.toThrow(/claims\.yaml/);
  expect(begun).toEqual([]);
});
