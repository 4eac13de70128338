import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keepHeapSmall } from '../../src/cli/small-heap.ts';
import { scratchFolder } from './rankscope.ts';

function studyOf(logs: number): string {
  const study = join(scratchFolder(), 'study');
  mkdirSync(join(study, 'runs'), { recursive: true });
  for (let i = 0; i < logs; i++) writeFileSync(join(study, 'runs', `run-${i}.jsonl`), '');
  return study;
}

function flagsFor(study: string): string[] {
  const flags: string[] = [];
  keepHeapSmall(study, (flag) => flags.push(flag));
  return flags;
}

describe('a heap that is kept small', () => {
  it('is that of a study of many runs', () => {
    expect(flagsFor(studyOf(101))).toEqual(['--heap-growing-percent=30', '--no-allocation-site-pretenuring']);
  });

  it('is left to the engine for few, and where there is no study', () => {
    expect(flagsFor(studyOf(100))).toEqual([]);
    expect(flagsFor(join(scratchFolder(), 'none'))).toEqual([]);
  });
});
