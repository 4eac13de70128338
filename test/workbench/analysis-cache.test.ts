import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryName } from '../../src/files/stale-temporaries.ts';
import { logPath, writeRun } from '../../src/measurements/log-store.ts';
import { analyzeShareOf } from '../../src/workbench/analyze-share.ts';
import { analyzeStudyIn, type CacheUse, type StudyChoice } from '../../src/workbench/examine-study.ts';
import { writeAnalysis } from '../../src/workbench/write-results.ts';
import { rankscope, scratchFolder } from '../cli/rankscope.ts';
import { jumpingRun, studyOfSeeds } from './study-of-seeds.ts';

/** Five runs and two groups of seeds. */
const parts = 7;

/** Every file that an analysis writes, in one text, and how much of it was known. */
async function analyzed(study: string, choice: StudyChoice = {}): Promise<{ files: string; use: CacheUse }> {
  let use: CacheUse | undefined;
  const out = mkdtempSync(join(tmpdir(), 'rankscope-'));
  writeAnalysis(await analyzeStudyIn(study, { workers: 1, ...choice, onCache: (told) => (use = told) }), out);
  const names = readdirSync(out).sort();
  return {
    files: names.map((name) => `${name}\n${readFileSync(join(out, name), 'utf8')}`).join('\n'),
    use: use!,
  };
}

/** A study that was analyzed, and what came of it: made once, and copied. */
const before = mkdtempSync(join(tmpdir(), 'rankscope-'));
let files = '';

beforeAll(async () => {
  files = (await analyzed(studyOfSeeds(before))).files;
});

afterAll(() => rmSync(before, { recursive: true, force: true }));

function analyzedBefore(): string {
  const study = join(scratchFolder(), 'study');
  cpSync(before, study, { recursive: true });
  return study;
}

const entries = (study: string, kinds = ['runs', 'seeds', 'texts/runs', 'texts/seeds']): string[] =>
  kinds.flatMap((kind) =>
    readdirSync(join(study, 'cache', kind)).map((name) => join(study, 'cache', kind, name)),
  );

describe('an analysis with a cache', () => {
  it('writes the same bytes as without one, the first time and the second, on any number of threads', async () => {
    const study = studyOfSeeds();
    const without = await analyzed(study, { cache: false });
    expect(without.use).toEqual({ folder: null, parts, known: 0, trouble: null });
    expect(without.files).toBe(files);
    const first = await analyzed(study, { workers: 2 });
    expect(first.use).toEqual({ folder: join(study, 'cache'), parts, known: 0, trouble: null });
    expect(first.files).toBe(files);
    for (const workers of [1, 2]) {
      const again = await analyzed(study, { workers });
      expect(again.use.known).toBe(parts);
      expect(again.files).toBe(files);
    }
  });

  it('writes the same bytes with nothing of what was found out in memory, or only the first of it', async () => {
    const study = studyOfSeeds();
    for (const layersInMemory of [0, 5, 0]) {
      expect((await analyzed(study, { layersInMemory })).files).toBe(files);
    }
    // Nor does it need the JSON that was kept.
    rmSync(join(study, 'cache', 'texts'), { recursive: true });
    expect((await analyzed(study, { layersInMemory: 0 })).files).toBe(files);
  });

  it('is put together of shares that were analyzed before, runs of one group in one', async () => {
    const study = studyOfSeeds();
    const shares = [];
    for (const index of [1, 2, 3]) shares.push(await analyzeShareOf(study, { index, of: 3 }, { workers: 1 }));
    expect(shares.map(({ runs, parts: own, known }) => [runs, own, known])).toEqual([
      [2, 3, 0],
      [2, 3, 0],
      [1, 1, 0],
    ]);
    const all = await analyzed(study);
    expect(all.use.known).toBe(parts);
    expect(all.files).toBe(files);
  });

  it('finds out anew what a changed log has a part in, and nothing else', async () => {
    const study = analyzedBefore();
    const log = logPath(study, 'b-2');
    const { atime, mtime } = statSync(log);
    writeRun(study, jumpingRun('b-2', 6), { overwrite: true });
    // As somebody would who wants it to look old.
    utimesSync(log, atime, mtime);
    const changed = await analyzed(study);
    expect(changed.use.known).toBe(parts - 2);
    expect(changed.files).toBe((await analyzed(study, { cache: false })).files);
  });

  it('tells settings apart, and keeps what was found with others', async () => {
    const study = analyzedBefore();
    const settings = [
      { alpha: 0.01 },
      { seed: 1 },
      { detector: 'published-z' as const },
      { against: ['alone-1'] },
    ];
    for (const choice of settings) {
      expect((await analyzed(study, choice)).use.known).toBe(0);
      expect((await analyzed(study, choice)).use.known).toBe(parts);
    }
    expect((await analyzed(study)).use.known).toBe(parts);
  });

  it('finds out anew what is compared with a control whose log changed', async () => {
    const study = analyzedBefore();
    const against = ['alone-1'];
    await analyzed(study, { against });
    writeRun(study, jumpingRun('alone-1', 6), { overwrite: true });
    expect((await analyzed(study, { against })).use.known).toBe(0);
  });

  it('knows a study that was moved by its bytes', async () => {
    // Copied, to where its files are others.
    const study = analyzedBefore();
    const there = await analyzed(study);
    expect(there.use.known).toBe(parts);
    expect(there.files).toBe(files);
  });

  it('does without files that are damaged', async () => {
    const study = analyzedBefore();
    const damages: readonly ((file: string) => void)[] = [
      (file) => writeFileSync(file, flipped(readFileSync(file))),
      (file) => writeFileSync(file, readFileSync(file).subarray(0, -1)),
      (file) => writeFileSync(file, ''),
      (file) => writeFileSync(file, 'rankscope-cache 1\nnothing\n'),
    ];
    entries(study).forEach((file, i) => void damages[i % damages.length](file));
    const again = await analyzed(study);
    expect(again.use.known).toBe(0);
    expect(again.files).toBe(files);
    expect((await analyzed(study)).use.known).toBe(parts);
  });

  it('does not take one run’s answers for another’s', async () => {
    const study = analyzedBefore();
    const others = readdirSync(join(study, 'cache/runs')).filter((name) => name.startsWith('a-1'));
    for (const name of others) {
      copyFileSync(join(study, 'cache/runs', name), join(study, 'cache/runs', name.replace('a-1', 'a-2')));
    }
    expect((await analyzed(study)).files).toBe(files);
  });

  it('does not take answers for their texts, nor texts for answers', async () => {
    const study = analyzedBefore();
    for (const kind of ['runs', 'seeds']) {
      const [answers, texts] = [kind, `texts/${kind}`].map((name) => join(study, 'cache', name));
      for (const name of readdirSync(texts)) {
        renameSync(join(answers, name), join(answers, 'between'));
        renameSync(join(texts, name), join(answers, name));
        renameSync(join(answers, 'between'), join(texts, name));
      }
    }
    const again = await analyzed(study);
    expect(again.use.known).toBe(0);
    expect(again.files).toBe(files);
  });

  it('names the first log that cannot be read, whatever is known and on any number of threads', async () => {
    const study = analyzedBefore();
    // The later one is found sooner.
    writeFileSync(logPath(study, 'b-1'), flippedAt(readFileSync(logPath(study, 'b-1')), -1000));
    writeFileSync(logPath(study, 'a-2'), flippedAt(readFileSync(logPath(study, 'a-2')), 10));
    // Larger than any log, and not looked into.
    truncateSync(logPath(study, 'b-2'), 2 ** 31);
    for (const choice of [{}, { workers: 2 }, { workers: 5 }, { workers: 5, cache: false as const }]) {
      await expect(analyzed(study, choice)).rejects.toThrow(/b-1\.jsonl/);
    }
  });

  it('says why nothing could be kept, and answers all the same', async () => {
    const study = analyzedBefore();
    rmSync(join(study, 'cache'), { recursive: true });
    writeFileSync(join(study, 'cache'), 'in the way');
    const without = await analyzed(study);
    expect(without.use).toMatchObject({ known: 0, trouble: expect.stringContaining('cache') });
    expect(without.files).toBe(files);
  });

  it.each([1, 2])(
    'says what could not be kept of a log, though one of %i threads was to keep it',
    async (workers) => {
      const study = analyzedBefore();
      rmSync(join(study, 'cache'), { recursive: true });
      mkdirSync(join(study, 'cache'));
      writeFileSync(join(study, 'cache', 'logs'), 'in the way');
      const without = await analyzed(study, { workers });
      expect(without.use).toMatchObject({ known: 0, trouble: expect.stringMatching(/cache.logs/) });
      expect(without.files).toBe(files);
    },
  );

  it.each([1, 2])('is rid of what killed processes left in it long ago, by %i threads', (workers) => {
    const study = analyzedBefore();
    const out = join(study, 'analysis');
    mkdirSync(out);
    const folders = ['runs', 'seeds', 'logs', 'texts/runs', 'texts/seeds'].map((kind) =>
      join(study, 'cache', kind),
    );
    for (const folder of [...folders, out]) {
      for (const name of readdirSync(folder)) rmSync(join(folder, name));
      const left = temporaryName(join(folder, 'a-1.bin'));
      writeFileSync(left, 'half');
      utimesSync(left, 0, 0);
    }
    // Compiled, so that threads keep what this thread believes, and it writes none of it anew.
    expect(rankscope('analyze', study, '--workers', `${workers}`).code).toBe(0);
    const names = [...folders, out].flatMap((folder) => readdirSync(folder));
    expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(names.length).toBeGreaterThan(parts);
  });

  it('lies elsewhere where told so', async () => {
    const study = analyzedBefore();
    const elsewhere = join(scratchFolder(), 'elsewhere');
    renameSync(join(study, 'cache'), elsewhere);
    expect(readdirSync(study)).not.toContain('cache');
    expect((await analyzed(study, { cache: elsewhere })).use.known).toBe(parts);
  });
});

function flipped(bytes: Buffer): Buffer {
  return flippedAt(bytes, bytes.length >> 1);
}

/** @param at from the end where it is negative. */
function flippedAt(bytes: Buffer, at: number): Buffer {
  bytes[at < 0 ? bytes.length + at : at] ^= 1;
  return bytes;
}
