import { isWholeRun, type RunVerdict, type StudyVerification } from '../study/verification.ts';
import { shellWordHere } from './command-line.ts';
import { firstOf, mostListed } from './first-of.ts';
import { printable } from './printable.ts';
import { formatTable } from './table.ts';

/**
 * What is whole and what is lost: a table of the runs, and below it the faults with their places.
 *
 * @param all whether each is listed, however many there are.
 */
export function describeVerification(study: string, verification: StudyVerification, all = false): string {
  const { manifest, strays, isWhole } = verification;
  const runs =
    verification.runs.length > mostListed && !all ? faultsFirst(verification.runs) : verification.runs;
  const notes = [
    ...manifestNotes(manifest),
    ...runs.flatMap(faultsOf),
    ...strays.map((name) => `runs/${printable(name)}.jsonl: of no run in the manifest`),
  ];
  const verdict = isWhole
    ? `Whole: ${count(runs, 'ended')} ended, ${count(runs, 'interrupted')} interrupted, ${count(runs, 'absent')} not started.`
    : `Not whole. What is whole can be kept: rankscope repair ${shellWordHere(study)} --out <new folder>`;
  const where = all ? null : '--all';
  const listed = firstOf(runs, where);
  const said = firstOf(notes, where);
  return [
    formatTable(['run', 'log', 'records', 'lost', 'last step', 'checkpoints'], listed.shown.map(row)),
    ...listed.more,
    ...said.shown,
    ...said.more,
    verdict,
  ].join('\n');
}

/** The same runs, those that are not whole ahead of the others: of many only the first are listed. */
function faultsFirst(runs: readonly RunVerdict[]): RunVerdict[] {
  return [...runs.filter((run) => !isWholeRun(run)), ...runs.filter(isWholeRun)];
}

const states: Readonly<Record<RunVerdict['state'], string>> = {
  ended: 'whole, ended',
  interrupted: 'whole, interrupted',
  absent: 'none, not started',
  missing: 'MISSING',
  damaged: 'DAMAGED',
};

function row({ run, state, log, checkpoints }: RunVerdict): (string | number)[] {
  const damaged = checkpoints.filter((entry) => entry.state === 'damaged').length;
  const whole = checkpoints.length - damaged;
  return [
    printable(run),
    states[state],
    log?.whole ?? '–',
    log?.lost ?? '–',
    log?.lastStep ?? '–',
    damaged === 0 ? `${whole}` : `${whole} whole, ${damaged} DAMAGED`,
  ];
}

function manifestNotes({ state, fault }: StudyVerification['manifest']): string[] {
  if (state === 'unsealed') {
    return [
      'manifest.json: of version 1, without checksums: its files are checked as far as they say things twice',
    ];
  }
  return fault === null ? [] : [`manifest.json: ${fault}`];
}

function faultsOf({ run, state, log, checkpoints, absentCheckpoints }: RunVerdict): string[] {
  const file = `runs/${printable(run)}.jsonl`;
  const faults = (log?.faults ?? []).map(({ line, what }) =>
    line === null ? `${file}: ${what}` : `${file}, line ${line}: ${what}`,
  );
  const more = (log?.faultCount ?? 0) - faults.length;
  return [
    ...(state === 'missing' ? [`${file}: missing, and there was one`] : []),
    ...faults,
    ...(more > 0 ? [`${file}: and ${more} more faults`] : []),
    ...(log?.isTorn && state === 'interrupted'
      ? [`${file}: stops in the middle of a record, as a kill leaves it`]
      : []),
    ...(log !== null && log.lostBefore > 0
      ? [`${file}: was repaired; ${log.lostBefore} records had been lost`]
      : []),
    ...checkpoints.flatMap((entry) =>
      entry.fault === null ? [] : [`checkpoints/${printable(run)}/${entry.file}: ${entry.fault}`],
    ),
    ...(absentCheckpoints.length > 0
      ? [`checkpoints/${printable(run)}: removed or lost: ${stepsIn(absentCheckpoints)}`]
      : []),
  ];
}

function stepsIn(steps: readonly number[]): string {
  const shown = steps.slice(0, 10).join(', ');
  return `${steps.length === 1 ? 'that of step' : 'those of steps'} ${shown}${steps.length > 10 ? ', …' : ''}`;
}

function count(runs: readonly RunVerdict[], state: RunVerdict['state']): number {
  return runs.filter((run) => run.state === state).length;
}
