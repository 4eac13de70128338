import type { PageRun } from './study-state.ts';

/** After so many milliseconds without a word of a run that has no end, the page says so. */
const SILENT = 60_000;

const grouped = new Intl.NumberFormat('en');

/** The last training step of a run; null before its first measurement. */
export function lastStep({ steps }: PageRun): number | null {
  return steps.at(-1) ?? null;
}

/** Share of the planned steps that is done, 0 to 1. */
export function shareDone(run: PageRun): number {
  if (run.facts.status === 'complete') return 1;
  const { plannedSteps } = run.facts;
  return plannedSteps > 0 ? Math.min(1, ((lastStep(run) ?? -1) + 1) / plannedSteps) : 0;
}

/** Where a run stands, in a word or two. @param now milliseconds since 1970 */
export function standing({ facts }: PageRun, now: number): string {
  if (facts.status === 'complete') return 'complete';
  if (facts.status === 'stopped') return `stopped: ${facts.reason}`;
  if (facts.changed !== null && now - facts.changed > SILENT)
    return `no end, silent for ${duration(now - facts.changed)}`;
  return 'training';
}

export function stepsDone(run: PageRun): string {
  const step = lastStep(run);
  return step === null
    ? 'not measured yet'
    : `step ${grouped.format(step)} of ${grouped.format(run.facts.plannedSteps)}`;
}

/** A value with four digits. */
export function shown(value: number | null | undefined, digits = 4): string {
  if (value == null) return '–';
  const isTiny = value !== 0 && Math.abs(value) < 1e-3;
  const text = isTiny ? value.toExponential(digits - 2) : String(Number(value.toPrecision(digits)));
  return text.replaceAll('-', '−');
}

export function percent(share: number | null | undefined): string {
  return share == null ? '–' : `${(100 * share).toFixed(1)} %`;
}

function duration(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}
