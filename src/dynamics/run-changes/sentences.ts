import type { Mover } from './movers.ts';
import type { RunChange, RunChanges } from './types.ts';

/** Series that a sentence names; the others are counted. */
const NAMED = 3;

/**
 * When a run changed, in sentences: one for every change and recovery, or one that says that there is none, or why it cannot be said.
 *
 * @example
 * for (const sentence of sentencesOfRun(changesOfRun(run))) console.log(sentence);
 * // Changed at step 250 [235, 250], 2.3 times the threshold, p = 0.002: layer.1 stable rank × 0.929; layer.0 stable rank × 1.1; …
 */
export function sentencesOfRun(result: RunChanges): string[] {
  if (!result.testable) return [`Whether the run as a whole changed cannot be said: ${result.reason}.`];
  const [from, to] = result.tested;
  if (result.changes.length > 0) return result.changes.map(sentence);
  return [
    `No change ${whole(result)} from step ${step(from)} to ${step(to)} (alpha ${result.alpha}, p ${pValue(result.pValue)}).`,
  ];
}

function whole({ runs, controls }: { readonly runs: number; readonly controls: number }): string {
  const what = runs === 1 ? 'of the run as a whole' : `that ${runs} runs share`;
  return controls === 0 ? what : `${what}, against ${controls} controls,`;
}

function sentence({
  kind,
  step: at,
  interval: [from, to],
  after,
  strength,
  pValue: p,
  moved,
}: RunChange): string {
  const place = `step ${step(at)} [${step(from)}, ${step(to)}]`;
  const what = movedInWords(moved);
  if (kind === 'recovery') return `Still following the change at ${step(after!)} at ${place}: ${what}.`;
  return `Changed at ${place}, ${factor(strength)} times the threshold, p ${pValue(p)}: ${what}.`;
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
  return `${subject} × ${factor(after / before)}`;
}

const subjects: Readonly<Record<string, string>> = { loss: 'loss', pace: 'pace of all layers' };
const quantityNames: Readonly<Record<string, string>> = {
  participation_ratio: 'participation ratio',
  stable_rank: 'stable rank',
  spectral_norm: 'size',
  singular_value_velocity: 'pace',
};

function factor(value: number): string {
  const digits = Math.abs(value - 1) < 0.1 ? 3 : 2;
  return String(Number(value.toPrecision(digits)));
}

function step(value: number): string {
  return value.toLocaleString('en-US');
}

/** The least p-value that is told apart is stated as a bound. */
function pValue(value: number): string {
  return value <= 0.0005 ? '≤ 0.0005' : `= ${Number(value.toPrecision(2))}`;
}
