import type { Mover } from './movers.ts';
import type { RunChange, RunChanges } from './types.ts';

/** Series that a sentence names; the others are counted. */
const NAMED = 3;

export interface RunSentenceOptions {
  /**
   * Largest p-value of a change that holds over all runs, or groups of seeds, looked at together (`changesThatHold`); of those beyond it
   * the sentence says so. Default: nothing is said.
   */
  readonly threshold?: number;
}

/**
 * When a run changed, in sentences: one for every change and recovery, or one that says that there is none, or why it cannot be said.
 *
 * @example
 * for (const sentence of sentencesOfRun(changesOfRun(run))) console.log(sentence);
 * // Changed at step 250 [235, 250], 2.3 times the threshold, p = 0.002: layer.1 stable rank × 0.929; layer.0 stable rank × 1.1; …
 */
export function sentencesOfRun(result: RunChanges, { threshold = 1 }: RunSentenceOptions = {}): string[] {
  if (!result.testable) return [`Whether the run as a whole changed cannot be said: ${result.reason}.`];
  const [from, to] = result.tested;
  if (result.changes.length > 0) return result.changes.map((change) => sentence(change, threshold));
  return [
    `No change ${whole(result)} from step ${step(from)} to ${step(to)} (alpha ${result.alpha}, p ${pValue(result.pValue)}).`,
  ];
}

function whole({ runs, controls }: { readonly runs: number; readonly controls: number }): string {
  const what = runs === 1 ? 'of the run as a whole' : `that ${runs} runs share`;
  return controls === 0 ? what : `${what}, against ${controls} controls,`;
}

function sentence(
  { kind, step: at, interval: [from, to], after, strength, pValue: p, moved }: RunChange,
  threshold: number,
): string {
  const place = `step ${step(at)} [${step(from)}, ${step(to)}]`;
  const what = movedInWords(moved);
  if (kind === 'recovery') return `Still following the change at ${step(after!)} at ${place}: ${what}.`;
  const fails = p > threshold ? ' (does not hold over all of them)' : '';
  return `Changed at ${place}, ${factor(strength)} times the threshold, p ${pValue(p)}${fails}: ${what}.`;
}

function movedInWords(moved: readonly Mover[]): string {
  const named = moved.slice(0, NAMED).map(inWords);
  const others = moved.length - named.length;
  return others === 0 ? named.join('; ') : `${named.join('; ')}; and ${others} more`;
}

/** What a series did: by what it was multiplied from just before to just after. */
function inWords({ name, layer, before, after, score }: Mover): string {
  const subject = [layer ?? subjects[name], layer === null ? '' : quantityNames[name]].join(' ').trim();
  if (before === null || after === null) return `${subject} ${score > 0 ? 'up' : 'down'}`;
  const times = factor(after / before);
  // Beyond nine digits there is nothing to say of how much.
  return times === '1' ? `${subject} ${score > 0 ? 'up' : 'down'}` : `${subject} × ${times}`;
}

const subjects: Readonly<Record<string, string>> = { loss: 'loss', pace: 'pace of all layers' };
const quantityNames: Readonly<Record<string, string>> = {
  participation_ratio: 'participation ratio',
  stable_rank: 'stable rank',
  spectral_norm: 'size',
  singular_value_velocity: 'pace',
};

/** With as many digits as tell it from 1. */
function factor(value: number): string {
  let digits = Math.abs(value - 1) < 0.1 ? 3 : 2;
  while (digits < 9 && Number(value.toPrecision(digits)) === 1) digits++;
  return String(Number(value.toPrecision(digits)));
}

function step(value: number): string {
  return value.toLocaleString('en-US');
}

/** The least p-value that is told apart is stated as a bound. */
function pValue(value: number): string {
  return value <= 0.0005 ? '≤ 0.0005' : `= ${Number(value.toPrecision(2))}`;
}
