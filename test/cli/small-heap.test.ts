import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { keepHeapSmall } from '../../src/cli/small-heap.ts';
import { scratchFolder } from './rankscope.ts';

vi.mock('node:v8', { spy: true });

function studyOf(logs: number): string {
  const study = join(scratchFolder(), 'study');
  mkdirSync(join(study, 'runs'), { recursive: true });
  for (let i = 0; i < logs; i++) writeFileSync(join(study, 'runs', `run-${i}.jsonl`), '');
  return study;
}

describe('a heap that is kept small', () => {
  beforeEach(() => {
    vi.mocked(setFlagsFromString).mockReset();
  });

  it('is that of a study of many runs', () => {
    keepHeapSmall(studyOf(101));
    expect(vi.mocked(setFlagsFromString).mock.calls).toEqual([['--heap-growing-percent=30']]);
  });

  it('is left to the engine for few, and where there is no study', () => {
    keepHeapSmall(studyOf(100));
    keepHeapSmall(join(scratchFolder(), 'none'));
    expect(setFlagsFromString).not.toHaveBeenCalled();
  });
});
