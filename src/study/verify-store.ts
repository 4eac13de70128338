import { existsSync, readdirSync } from 'node:fs';
import { InputError } from '../errors/input-error.ts';
import { inspectLog, type LogInspection } from '../measurements/inspection/inspect-log.ts';
import type { Recompute } from '../measurements/inspection/tolerant-reading.ts';
import { logPath, readLogBytes, runsPath } from '../measurements/log-store.ts';
import { readManifestText } from '../measurements/manifest.ts';
import { runIdPattern } from '../measurements/run-id.ts';
import { existsStudy, manifestPath, readManifestFile } from '../measurements/study-store.ts';
import type { LogDigest, Run, StudyManifest } from '../measurements/types.ts';
import { type MetricName, metrics } from '../spectra/metrics.ts';
import { absentCheckpoints } from './absent-checkpoints.ts';
import { planDisagreement } from './plan-agreement.ts';
import type { RunPlan } from './run-plan.ts';
import { type CheckpointFile, listCheckpoints, readCheckpoint } from './run-store.ts';
import { unsealedDisagreement } from './unsealed-checkpoint.ts';
import { manifestDisagreement, plansOf } from './unsealed-manifest.ts';
import {
  type CheckpointVerdict,
  isWholeRun,
  type LogVerdict,
  type ManifestVerdict,
  type RunVerdict,
  type StudyVerification,
} from './verification.ts';

/** A manifest as far as it can be read. */
export interface InspectedManifest {
  readonly verdict: ManifestVerdict;
  /** Not to be relied on if damaged; null if it cannot be read. */
  readonly manifest: StudyManifest | null;
  /** What its settings make, to hold logs without checksums against; null where it has some, or that is not known. */
  readonly plans: readonly RunPlan[] | null;
}

/** A run with all that is whole of its log. */
export interface InspectedRun {
  readonly verdict: RunVerdict;
  /** Null where there is no log, or no header in it. */
  readonly run: Run | null;
}

/**
 * Holds every file of a study against its checksums, digests and numbers, and where there are none (version 1) against
 * what the files say twice. Changes nothing.
 *
 * @param onRun called after each run.
 * @throws InputError if the directory holds no study.
 * @example
 * verifyStudy('my-study').runs.filter(({ state }) => state === 'damaged');
 */
export function verifyStudy(
  directory: string,
  onRun: (done: number, total: number, run: string) => void = () => {},
): StudyVerification {
  const inspected = inspectManifest(directory);
  const named = inspected.manifest?.runs ?? strayLogs(directory, []);
  const runs = named.map((id, i) => {
    const { verdict } = inspectRun(directory, id, inspected);
    onRun(i + 1, named.length, id);
    return verdict;
  });
  const isWhole = inspected.verdict.fault === null && runs.every(isWholeRun);
  return { isWhole, manifest: inspected.verdict, runs, strays: strayLogs(directory, named) };
}

/** @throws InputError if the directory holds no study. */
export function inspectManifest(directory: string): InspectedManifest {
  if (!existsStudy(directory)) {
    if (strayLogs(directory, []).length === 0) {
      throw new InputError({ file: directory, allowed: 'a folder that holds a study' });
    }
    return { verdict: { state: 'missing', fault: 'there is no manifest' }, manifest: null, plans: null };
  }
  try {
    const { manifest, isWhole } = readManifestText(readManifestFile(directory), manifestPath(directory));
    // What a damaged manifest says of logs is not held against them.
    if (!isWhole) {
      const { logs: _, ...facts } = manifest;
      const verdict = { state: 'damaged', fault: 'its checksum does not fit it' } as const;
      return { verdict, manifest: facts, plans: null };
    }
    const plans = manifest.schemaVersion === 1 ? plansOf(manifest) : null;
    const fault = plans === null ? null : manifestDisagreement(manifest, plans);
    const sound = manifest.schemaVersion === 1 ? 'unsealed' : 'whole';
    return { verdict: { state: fault === null ? sound : 'damaged', fault }, manifest, plans };
  } catch (error) {
    return { verdict: { state: 'damaged', fault: wordsOf(error) }, manifest: null, plans: null };
  }
}

/** Names of logs in `runs/` other than those given. */
export function strayLogs(directory: string, named: readonly string[]): string[] {
  if (!existsSync(runsPath(directory))) return [];
  const known = new Set(named);
  return readdirSync(runsPath(directory))
    .flatMap((name) => (name.endsWith('.jsonl') ? [name.slice(0, -'.jsonl'.length)] : []))
    .filter((id) => runIdPattern.test(id) && !known.has(id))
    .sort();
}

/**
 * Holds a run's log and checkpoints against themselves and what is known of the study.
 *
 * @param file the run after which the log's file is named.
 */
export function inspectRun(
  directory: string,
  id: string,
  { manifest, plans }: Pick<InspectedManifest, 'manifest' | 'plans'>,
  file = id,
): InspectedRun {
  const digest = manifest?.logs !== undefined && Object.hasOwn(manifest.logs, id) ? manifest.logs[id] : null;
  const files = listCheckpoints(directory, id);
  const checkpoints = files.map((file) => inspectCheckpoint(file, id));
  const path = logPath(directory, file);
  if (!existsSync(path)) {
    // Version 1 did not note which runs had ended; and whoever has checkpoints had a log.
    const isLost = digest !== null || checkpoints.length > 0 || manifest?.schemaVersion === 1;
    const state = isLost ? 'missing' : 'absent';
    return { verdict: { run: id, state, log: null, checkpoints, absentCheckpoints: [] }, run: null };
  }
  const plan = plans?.find((planned) => planned.id === id) ?? null;
  const { log, run, hasEnd } = inspectOneLog(path, id, digest, plan);
  const state = log.faultCount > 0 ? 'damaged' : hasEnd ? 'ended' : 'interrupted';
  const absent =
    run === null || manifest === null
      ? []
      : absentCheckpoints(
          run,
          manifest.settings,
          files.map(({ step }) => step),
        );
  return { verdict: { run: id, state, log, checkpoints, absentCheckpoints: absent }, run };
}

function inspectOneLog(
  path: string,
  id: string,
  digest: LogDigest | null,
  plan: RunPlan | null,
): { readonly log: LogVerdict; readonly run: Run | null; readonly hasEnd: boolean } {
  let inspection: LogInspection;
  try {
    inspection = inspectLog(readLogBytes(path), path, { digest, recompute });
  } catch (error) {
    const nothing = { version: null, whole: 0, lost: digest?.records ?? 0, isTorn: false, lastStep: null };
    const faults = [{ line: null, what: wordsOf(error) }];
    return { log: { ...nothing, faults, faultCount: 1, lostBefore: 0 }, run: null, hasEnd: false };
  }
  const { run, hasEnd, version, whole, lost, isTorn, faults, faultCount } = inspection;
  const odd = run === null ? null : runDisagreement(run, id, version === 1 && faultCount === 0 ? plan : null);
  const log = {
    version,
    whole,
    lost,
    isTorn,
    lastStep: run?.steps.at(-1) ?? null,
    lostBefore: (run?.lostRecords ?? lost) - lost,
    faults: odd === null ? faults : [{ line: null, what: odd }, ...faults],
    faultCount: faultCount + (odd === null ? 0 : 1),
  };
  return { log, run, hasEnd };
}

/** @param plan what the log must agree with; null for one that has checksums, or of which no plan is known. */
function runDisagreement(run: Run, id: string, plan: RunPlan | null): string | null {
  if (run.id !== id) return `the log of another run, ${run.id}`;
  return plan === null ? null : planDisagreement(run, plan);
}

function inspectCheckpoint(file: CheckpointFile, id: string): CheckpointVerdict {
  try {
    const { isSealed, metadata, state } = readCheckpoint(file);
    const tensors = [...state.parameters, ...state.optimizer];
    const fault =
      metadata.run !== id
        ? `a checkpoint of ${metadata.run ?? 'no run'}`
        : isSealed
          ? null
          : unsealedDisagreement(metadata, tensors);
    const sound = isSealed ? 'whole' : 'unsealed';
    return { file: file.name, state: fault === null ? sound : 'damaged', fault };
  } catch (error) {
    return { file: file.name, state: 'damaged', fault: wordsOf(error) };
  }
}

const recompute: Recompute = (spectrum, { metric }) =>
  Object.hasOwn(metrics, metric) ? metrics[metric as MetricName](spectrum) : null;

function wordsOf(error: unknown): string {
  if (error instanceof InputError) return error.message;
  throw error;
}
