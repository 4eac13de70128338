import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstOf, mostListed } from '../../src/cli/first-of.ts';
import { describeOutcomes } from '../../src/cli/training.ts';
import { logPath, writeRun } from '../../src/measurements/log-store.ts';
import { createStudy } from '../../src/measurements/study-store.ts';
import { sampleManifest } from '../measurements/fixtures.ts';
import { jumpingRun } from '../workbench/study-of-seeds.ts';
import { rankscope, scratchFolder } from './rankscope.ts';

const many = mostListed + 20;
const ids = Array.from({ length: many }, (_, i) => `r${String(i).padStart(3, '0')}-${i}`);
const last = ids[many - 1];

/** Lines that begin with the name of a run. */
const rowsOf = (text: string): string[] => text.split('\n').filter((line) => /^r\d{3}-\d+ /.test(line));

function studyOfMany(): string {
  const folder = join(scratchFolder(), 'study');
  createStudy(folder, sampleManifest(ids));
  for (const id of ids) writeRun(folder, jumpingRun(id, 6));
  return folder;
}

function damage(study: string, id: string): void {
  const file = logPath(study, id);
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(file, bytes);
}

describe('of many runs', () => {
  it('verify lists the first, those that are damaged ahead of the others, and every one on demand', () => {
    const study = studyOfMany();
    damage(study, last);
    const { out, code } = rankscope('verify', study);
    expect(code).toBe(1);
    expect(rowsOf(out)).toHaveLength(mostListed);
    expect(rowsOf(out)[0]).toMatch(new RegExp(`^${last} .*DAMAGED`));
    expect(out).toContain('… and 20 more (--all)');
    expect(out).toContain(`runs/${last}.jsonl, line `);
    const all = rowsOf(rankscope('verify', study, '--all').out);
    expect(all.map((row) => row.split(' ')[0])).toEqual(ids);
    expect(JSON.parse(rankscope('verify', study, '--json').out).runs).toHaveLength(many);
  });

  it('verify, repair and check-log name the first faults', () => {
    const study = studyOfMany();
    for (const id of ids) damage(study, id);
    const faults = (text: string) => text.match(/r\d{3}-\d+\.jsonl/g) ?? [];
    expect(faults(rankscope('verify', study).out)).toHaveLength(mostListed);
    expect(faults(rankscope('verify', study, '--all').out).length).toBeGreaterThanOrEqual(many);
    const checked = rankscope('check-log', study).out;
    expect(faults(checked)).toHaveLength(mostListed);
    expect(checked).toMatch(/… and \d+ more \(--json has them all\)/);
    const repaired = rankscope('repair', study, '--out', join(study, '..', 'repaired')).out;
    expect(repaired.match(/^ {2}r\d{3}-\d+: /gm)).toHaveLength(mostListed);
    expect(repaired).toContain('  … and 20 more (in the new manifest)');
  });

  it('show lists the first, and every one on demand', () => {
    const study = studyOfMany();
    const { out } = rankscope('show', study);
    expect(rowsOf(out).map((row) => row.split(' ')[0])).toEqual(ids.slice(0, mostListed));
    expect(out).toContain('… and 20 more (--all)');
    expect(rowsOf(rankscope('show', study, '--all').out)).toHaveLength(many);
    expect(JSON.parse(rankscope('show', study, '--json').out)).toHaveLength(many);
    expect(rankscope('show', study, last, '--all')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--all'),
    });
  });

  it('train lists the first, those that have not ended ahead of the others', () => {
    const outcome = { accuracy: 0.5, seconds: 1, stopped: null, unfinished: false, remarks: ['Something.'] };
    const outcomes = ids.map((id) => ({ ...outcome, id }));
    outcomes[many - 1] = {
      ...outcomes[many - 1],
      ...{ stopped: 'failed: no memory', unfinished: true },
    } as never;
    const trained = { outcomes, kept: [], elsewhere: [], waiting: ['r999-1'], remarks: [] };
    const text = describeOutcomes(trained);
    const rows = rowsOf(text);
    expect(rows).toHaveLength(mostListed);
    expect(rows.slice(0, 3).map((row) => row.split(' ')[0])).toEqual([last, 'r999-1', ids[0]]);
    expect(text).toContain('… and 21 more (rankscope status and show list all)');
    expect(text.match(/: Something\./g)).toHaveLength(mostListed);
    const few = describeOutcomes({ ...trained, outcomes: outcomes.slice(-3), waiting: [] });
    expect(rowsOf(few).map((row) => row.split(' ')[0])).toEqual(ids.slice(-3));
  });
});

describe('firstOf', () => {
  it('leaves nothing out of few, and of many where all are asked for', () => {
    expect(firstOf([1, 2], '--all', 2)).toEqual({ shown: [1, 2], more: [] });
    expect(firstOf([1, 2, 3], '--all', 2)).toEqual({ shown: [1, 2], more: ['… and 1 more (--all)'] });
    expect(firstOf([1, 2, 3], null, 2)).toEqual({ shown: [1, 2, 3], more: [] });
  });
});
