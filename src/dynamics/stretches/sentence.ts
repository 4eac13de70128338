import type { SeedStretch, SeedsDescription } from './seeds/types.ts';
import type { CurveDescription, Stretch } from './types.ts';

/**
 * What a curve does, in one sentence without a subject or a full stop.
 *
 * @example
 * sentenceOf(describeCurve(series)); // e.g. falls from 17.1 to 3.6 (−79 %) in steps 0–45 [35, 55]; rises to 4.3 until step 600 [520, 690]; level from there
 */
export function sentenceOf(description: CurveDescription | SeedsDescription): string {
  if (!description.described) return `not described: ${description.reason}`;
  const { stretches } = description;
  const seeds = 'seeds' in description ? description.seeds : null;
  if (stretches.length === 1 && stretches[0].kind === 'level') {
    return levelThroughout(stretches[0], description);
  }
  return stretches.map((_, k) => clause(stretches, k, seeds)).join('; ');
}

function levelThroughout(
  { fromValue, toValue }: Stretch,
  description: Extract<CurveDescription | SeedsDescription, { described: true }>,
): string {
  const value = number((fromValue + toValue) / 2);
  const constant = 'stabilization' in description && description.stabilization.status === 'constant';
  return constant ? `constant at ${value}` : `level at ${value} throughout: no movement told from the noise`;
}

function clause(stretches: readonly Stretch[], k: number, seeds: number | null): string {
  const stretch = stretches[k];
  const first = k === 0;
  const last = k === stretches.length - 1;
  if (stretch.kind === 'level') {
    if (last) return 'level from there';
    return `level${first ? ` at ${number(stretch.toValue)}` : ''} until step ${step(stretch.to.step)}`;
  }
  if (stretch.kind === 'wander') {
    const told = seeds === null ? 'this run alone' : 'these seeds';
    const until = last ? 'until the end' : `until step ${step(stretch.to.step)}`;
    return `wanders, net ${signed(stretch.amplitude.value)}, no direction shown by ${told}, ${until}`;
  }
  return transitionClause(stretch, !first && stretches[k - 1].kind !== 'level', last, seeds);
}

/** @param follows whether it starts where another movement ends, which has been said. */
function transitionClause(stretch: Stretch, follows: boolean, last: boolean, seeds: number | null): string {
  const { kind, pace, fromValue, toValue, relativeAmplitude } = stretch;
  const verb = pace === 'jump' ? (kind === 'rise' ? 'jumps up' : 'jumps down') : `${kind}s`;
  const share = relativeAmplitude === null ? '' : ` (${percent(relativeAmplitude)})`;
  const values = follows
    ? `to ${number(toValue)}`
    : `from ${number(fromValue)} to ${number(toValue)}${share}`;
  const showing = seeds === null ? '' : `, ${(stretch as SeedStretch).showing} of ${seeds} seeds`;
  return `${verb} ${values} ${when(stretch, follows, last)}${showing}`;
}

function when(stretch: Stretch, follows: boolean, last: boolean): string {
  const { pace, from, to } = stretch;
  const timing = 'timing' in stretch ? (stretch as SeedStretch).timing : null;
  if (pace === 'jump') {
    const at = timing?.half ?? { value: to.step, interval: [from.interval[0], to.interval[1]] };
    return `at step ${place(at.value, at.interval)}`;
  }
  const start = timing?.start ?? { value: from.step, interval: from.interval };
  const end = timing?.end ?? { value: to.step, interval: to.interval };
  const until = place(end.value, end.interval);
  if (follows) return last && to.interval[1] === to.step ? 'until the end' : `until step ${until}`;
  return from.index === 0
    ? `in steps ${step(from.step)}–${until}`
    : `in steps ${place(start.value, start.interval)}–${until}`;
}

/** A step with its interval. */
function place(value: number, interval: readonly [number, number] | readonly number[] | null): string {
  if (interval === null || interval[0] === interval[1]) return step(value);
  return `${step(value)} [${step(interval[0])}, ${step(interval[1])}]`;
}

/** A training step; a mean of steps to one decimal, or none where that says nothing. */
function step(value: number): string {
  return String(Math.abs(value) >= 100 ? Math.round(value) : Math.round(10 * value) / 10);
}

function percent(share: number): string {
  const value = 100 * share;
  return `${signed(Math.abs(value) >= 10 ? Math.round(value) : Number(value.toPrecision(2)), 15)} %`;
}

function number(value: number, digits = 3): string {
  return String(Number(value.toPrecision(digits))).replace('-', '−');
}

function signed(value: number, digits = 3): string {
  return `${value > 0 ? '+' : ''}${number(value, digits)}`;
}
