import { rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors/input-error.ts';
import { readStudy, type Study } from '../../src/measurements/study-store.ts';
import type { Run } from '../../src/measurements/types.ts';
import { createRandom, type Random } from '../../src/numerics/random.ts';
import { repairStudy } from '../../src/study/repair-store.ts';
import type { StudyVerification } from '../../src/study/verification.ts';
import { verifyStudy } from '../../src/study/verify-store.ts';
import { patience } from '../requirements.ts';
import { byteDamages, type Damage, foreignLine, lineDamages } from './damages.ts';
import { temporaryFolder } from './small-study.ts';
import { contentOf, filesOf, fingerprint, hasOnlyWritten, writeFiles } from './study-content.ts';

/** `RANKSCOPE_DAMAGES=10000 npx vitest run test/study/damage.test.ts` tries as many for every version. */
const count = Number(process.env.RANKSCOPE_DAMAGES ?? (patience.missing === null ? 300 : 100));
/** Repairing takes longer than verifying: of the damages every so many are repaired. */
const repairEvery = 6;

const studies = resolve(import.meta.dirname, '../measurements/studies');

interface Case {
  readonly file: string;
  readonly damage: Damage;
  readonly bytes: Uint8Array | null;
}

function drawCase(files: ReadonlyMap<string, Uint8Array>, random: Random): Case {
  const names = [...files.keys()];
  const file = names[random.integer(names.length)];
  const bytes = files.get(file)!;
  const others = names.filter((name) => name !== file && name.split('/')[0] === file.split('/')[0]);
  const foreign = others.map(
    (name): Damage => ({ name: 'the file of another run', apply: () => files.get(name)! }),
  );
  const damages = [
    ...byteDamages,
    ...foreign,
    ...(file.endsWith('.jsonl')
      ? [...lineDamages, ...others.map((name) => foreignLine(files.get(name)!))]
      : []),
  ];
  const damage = damages[random.integer(damages.length)];
  return { file, damage, bytes: damage.apply(bytes, random) };
}

/** Of the runs that were written. */
const contents = new Map<Run, string>();

/** Whether a run is the one that was written, or as much of its beginning as it has steps. */
function isBeginningOf(run: Run, written: Run): boolean {
  const reached = Math.max(
    run.steps.at(-1) ?? -1,
    run.evaluations.at(-1)?.step ?? -1,
    ...(run.tracks ?? []).map(({ steps }) => steps.at(-1) ?? -1),
  );
  // Between the records of the last step a kill may have come: it is compared up to the step before.
  return contentOf(run, reached - 1) === contentOf(written, reached - 1);
}

function readOrRefuse(folder: string): Study | null {
  try {
    const study = readStudy(folder);
    for (const run of study.runs) run.layers.map(({ spectra }) => spectra);
    return study;
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

/** What is read otherwise than it was written, in words; null if nothing is, or reading is refused. */
function misread(study: Study | null, written: Study): string | null {
  for (const run of study?.runs ?? []) {
    const original = written.runs.find(({ id }) => id === run.id)!;
    if (contentOf(run) === contents.get(original) && run.complete === original.complete) continue;
    if (!isBeginningOf(run, original)) return `${run.id} is read with other values`;
    if (run.complete || run.stopped !== null) return `${run.id} is read as ended, and is not whole`;
  }
  const isSame = study === null || JSON.stringify(study.manifest) === JSON.stringify(written.manifest);
  return isSame ? null : 'another manifest is read';
}

/** Whether a study is said to be whole, and no checkpoint of it to be gone. */
function isSaidToBeWhole(folder: string, baseline: StudyVerification): boolean {
  const { isWhole, runs } = verifyStudy(folder);
  const absent = (verdicts: StudyVerification['runs']): number =>
    verdicts.reduce((sum, { absentCheckpoints }) => sum + absentCheckpoints.length, 0);
  return isWhole && absent(runs) === absent(baseline.runs);
}

describe(`${count} random damages to a study`, () => {
  it(
    'are all noticed, and what is whole is repaired',
    () => {
      const { tried, missed } = tryDamages('v2', count);
      expect(missed).toEqual([]);
      expect(tried).toBeGreaterThan(0.95 * count);
    },
    60_000 + 500 * count,
  );

  it(
    'are mostly noticed in one without checksums, as far as it says things twice',
    () => {
      const { tried, missed } = tryDamages('v1', Math.ceil(count / 3));
      expect(missed.length).toBeLessThan(0.2 * tried);
    },
    60_000 + 500 * count,
  );
});

/** Damages a study of some version again and again; gives the cases in which the damage was not noticed. */
function tryDamages(version: string, times: number): { readonly tried: number; readonly missed: string[] } {
  const folder = join(temporaryFolder(), 'study');
  const files = filesOf(join(studies, version));
  writeFiles(folder, files);
  const written = readStudy(folder);
  for (const run of written.runs) contents.set(run, contentOf(run));
  const baseline = verifyStudy(folder);
  const unended = new Set(
    written.runs.filter(({ complete }) => !complete).map(({ id }) => `runs/${id}.jsonl`),
  );
  const random = createRandom('damages');
  const missed: string[] = [];
  const tried = new Map<string, number>();
  for (let i = 0; i < times; i++) {
    const { file, damage, bytes } = drawCase(files, random);
    const original = files.get(file)!;
    if (bytes !== null && Buffer.from(bytes).equals(original)) continue;
    if (bytes === null) rmSync(join(folder, file));
    else writeFileSync(join(folder, file), bytes);
    const what = `case ${i}: ${damage.name} in ${file}`;
    tried.set(damage.name, (tried.get(damage.name) ?? 0) + 1);
    const study = readOrRefuse(folder);
    const read = misread(study, written);
    // A run that never ended may have got as far as its log goes: it is said to be interrupted there.
    const isInterrupted = read === null && unended.has(file);
    if (!isInterrupted && isSaidToBeWhole(folder, baseline))
      missed.push(`${what}: the study is said to be whole`);
    // Without checksums reading alone does not find everything that verifying does.
    else if (read !== null && version !== 'v1') missed.push(`${what}: ${read}`);
    if (i % repairEvery === 0) checkRepair(folder, version === 'v1' ? null : written, what);
    writeFileSync(join(folder, file), original);
  }
  const total = [...tried.values()].reduce((sum, cases) => sum + cases, 0);
  if (process.env.RANKSCOPE_DAMAGES !== undefined) {
    console.log(`${version}: ${total} damages, ${missed.length} not noticed`, Object.fromEntries(tried));
  }
  return { tried: total, missed };
}

/** The repaired study reads, verifies, and holds nothing that was not written; the damaged one stays as it was. */
function checkRepair(folder: string, written: Study | null, what: string): void {
  const before = fingerprint(folder);
  const target = join(folder, '..', 'repaired');
  rmSync(target, { recursive: true, force: true });
  const { runs } = repairStudy(folder, target);
  expect([what, fingerprint(folder)]).toEqual([what, before]);
  const repaired = readStudy(target);
  expect([what, repaired.runs.map(({ id }) => id).sort()]).toEqual([what, runs.toSorted()]);
  for (const run of repaired.runs) {
    contentOf(run);
    const original = written?.runs.find(({ id }) => id === run.id);
    if (original !== undefined) expect([what, hasOnlyWritten(run, original)]).toEqual([what, true]);
  }
  const bad = verifyStudy(target).runs.filter(({ state }) => state === 'damaged');
  expect([what, bad]).toEqual([what, []]);
}
