import { mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { makeFolder } from '../files/make-folder.ts';
import { type OverwriteOptions, writeRun } from '../measurements/log-store.ts';
import { clearStudy, writeManifest } from '../measurements/study-store.ts';
import type { LogDigest, Run, StudyManifest } from '../measurements/types.ts';

/** Writes logs and manifest beside the target and moves them there. */
export function writeStudy(
  runs: readonly Run[],
  facts: StudyManifest,
  target: string,
  options: OverwriteOptions,
): StudyManifest {
  const place = resolve(target);
  makeFolder(dirname(place));
  const staging = mkdtempSync(join(dirname(place), `.${basename(place)}-import-`));
  const logs: Record<string, LogDigest> = {};
  try {
    for (const run of runs) {
      const digest = writeRun(staging, run);
      if (digest !== null) logs[run.id] = digest;
    }
    clearStudy(target, options);
    makeFolder(join(place, 'runs'));
    for (const log of readdirSync(join(staging, 'runs'))) {
      renameSync(join(staging, 'runs', log), join(place, 'runs', log));
    }
    const manifest = { ...facts, logs };
    writeManifest(place, manifest);
    return manifest;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}
