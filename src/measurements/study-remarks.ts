import type { LogDigest, Run, StudyManifest } from './types.ts';

/** What a reader must know of a study before relying on its runs. */
export interface StudyRemark {
  readonly check: 'missing-log' | 'cut-log' | 'other-log' | 'lost-records' | 'interrupted-run' | 'study-note';
  /** `error` where something that was there is gone, `warning` where that is not known or the run merely stopped. */
  readonly severity: 'warning' | 'error';
  /** The run concerned; null where it is the study, or several runs. */
  readonly run: string | null;
  readonly message: string;
}

/** A log that was read, as far as it is held against the manifest. */
export interface ReadLog<
  R = Pick<Run, 'id' | 'steps' | 'plannedSteps' | 'lostRecords' | 'complete' | 'stopped'>,
> {
  readonly run: R;
  /** What its end says of it, or would say in version 1; null where it has no end. */
  digest(): LogDigest | null;
}

/** Runs named in one remark. */
const mostNamed = 5;

/**
 * Holds the logs that are there against the manifest.
 *
 * @param logs those that are there, in any order.
 */
export function studyRemarks(manifest: StudyManifest, logs: readonly ReadLog[]): StudyRemark[] {
  const present = new Map(logs.map((log) => [log.run.id, log]));
  const absent = manifest.runs.filter((id) => !present.has(id));
  const ended = (id: string): LogDigest | undefined =>
    manifest.logs !== undefined && Object.hasOwn(manifest.logs, id) ? manifest.logs[id] : undefined;
  return [
    ...(manifest.notes ?? []).map((message) => remark('study-note', 'warning', null, message)),
    ...missing(
      absent.filter((id) => ended(id) !== undefined),
      'error',
      'had ended, and the log is missing',
    ),
    ...missing(
      absent.filter((id) => ended(id) === undefined),
      'warning',
      'no log: never started, or lost',
    ),
    ...logs.flatMap((log) => logRemarks(log, ended(log.run.id))),
  ];
}

function missing(runs: readonly string[], severity: StudyRemark['severity'], what: string): StudyRemark[] {
  if (runs.length === 0) return [];
  const more = runs.length > mostNamed ? ` and ${runs.length - mostNamed} more` : '';
  const message = `${runs.slice(0, mostNamed).join(', ')}${more}: ${what}`;
  return [remark('missing-log', severity, runs.length === 1 ? runs[0] : null, message)];
}

function logRemarks({ run, digest }: ReadLog, expected: LogDigest | undefined): StudyRemark[] {
  const { id, steps, plannedSteps, lostRecords = 0 } = run;
  const remarks: StudyRemark[] = [];
  if (lostRecords > 0) {
    const what = `${id} was repaired: ${lostRecords} of its records ${lostRecords === 1 ? 'is' : 'are'} lost`;
    remarks.push(remark('lost-records', 'error', id, what));
  }
  if (!run.complete && run.stopped === null) {
    const reached = steps.length === 0 ? 'before its first measurement' : `after step ${steps.at(-1)}`;
    if (expected === undefined) {
      // A log that does not know what was planned has what was reached.
      const planned = plannedSteps > (steps.at(-1) ?? -1) + 1 ? `, of ${plannedSteps} planned` : '';
      const message = `${id} was interrupted ${reached}${planned}`;
      remarks.push(remark('interrupted-run', 'warning', id, message));
    } else {
      const message = `${id} had ended with ${expected.records + 1} records; its log was cut ${reached}`;
      remarks.push(remark('cut-log', 'error', id, message));
    }
  } else if (expected !== undefined && expected.sha256 !== digest()?.sha256) {
    remarks.push(
      remark(
        'other-log',
        'error',
        id,
        `${id} has a log that is whole, but not the one that the manifest names`,
      ),
    );
  }
  return remarks;
}

function remark(
  check: StudyRemark['check'],
  severity: StudyRemark['severity'],
  run: string | null,
  message: string,
): StudyRemark {
  return { check, severity, run, message };
}
