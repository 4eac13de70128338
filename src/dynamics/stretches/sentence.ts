import { typeset } from '../../wording/typeset.ts';
import type { OverSeeds } from './seeds/over-seeds.ts';
import type { SeedStretch, SeedsDescription } from './seeds/types.ts';
import type { CurveDescription, Stretch, StretchEdge } from './types.ts';

export interface SentenceOptions {
  /**
   * Largest p-value of a rise or fall that holds over all curves looked at together (`stretchesThatHold`); of those beyond it
   * the sentence says so. Default: nothing is said.
   */
  readonly threshold?: number;
}

/**
 * What a curve does, in one sentence without a subject or a full stop.
 *
 * @example
 * sentenceOf(describeCurve(series)); // e.g. falls from 17.1 to 3.6 (−79 %) in steps 0–45 [35, 55]; rises to 4.3 until step 600 [520, 690]; level from there
 */
export function sentenceOf(
  description: CurveDescription | SeedsDescription,
  { threshold = 1 }: SentenceOptions = {},
): string {
  if (!description.described) return `not described: ${description.reason}`;
  const { stretches } = description;
  const seeds = 'seeds' in description ? description.seeds : null;
  if (stretches.length === 1 && stretches[0].kind === 'level') {
    return levelThroughout(stretches[0], description);
  }
  const whole = { stretches, seeds, range: rangeOf(stretches), steps: stepsOf(stretches) };
  return stretches
    .map(({ kind, pValue }, k) => {
      const said = clause(whole, k);
      const fails = (kind === 'rise' || kind === 'fall') && (pValue ?? 0) > threshold;
      return fails ? `${said} (does not hold over all curves)` : said;
    })
    .join('; ');
}

/** What a clause is said against. */
interface Whole {
  readonly stretches: readonly Stretch[];
  /** How many there are; null of a single run. */
  readonly seeds: number | null;
  /** From the lowest to the highest value that is said of the curve. */
  readonly range: number;
  /** From the first to the last training step. */
  readonly steps: number;
}

function rangeOf(stretches: readonly Stretch[]): number {
  const values = stretches.flatMap(({ fromValue, toValue, within }) => [fromValue, toValue, ...within]);
  return Math.max(...values) - Math.min(...values);
}

function stepsOf(stretches: readonly Stretch[]): number {
  return stretches[stretches.length - 1].to.step - stretches[0].from.step;
}

function levelThroughout(
  { fromValue, toValue, within }: Stretch,
  description: Extract<CurveDescription | SeedsDescription, { described: true }>,
): string {
  const constant = 'stabilization' in description && description.stabilization.status === 'constant';
  if (constant) return `constant at ${number((fromValue + toValue) / 2)}`;
  // Where that much lies between the first values and the last, a reader sees it, and is told that noise like this may do it.
  const ends = Math.abs(toValue - fromValue) > APART * Math.abs(fromValue);
  const apart = ends ? `, from ${number(fromValue)} at its start to ${number(toValue)} at its end` : '';
  return `${between(within)} throughout${apart}: no movement told from the noise`;
}

/** The ends of a level that are further apart are said, in shares of the first. */
const APART = 0.25;

function clause(whole: Whole, k: number): string {
  const { stretches, seeds } = whole;
  const stretch = stretches[k];
  const last = k === stretches.length - 1;
  if (stretch.kind === 'level') return levelClause(whole, k);
  if (stretch.kind === 'wander') {
    const told = seeds === null ? 'this run alone' : 'these seeds';
    const until = last ? 'until the end' : `until step ${step(endOf(stretches, k))}`;
    const net = signed(Number(stretch.amplitude.value.toFixed(decimalsOf(stretch.within))));
    return `wanders ${between(stretch.within)}, net ${net}, no direction shown by ${told}, ${until}`;
  }
  return transitionClause(whole, k);
}

/** What a reader takes for level varies by no more than this share of the whole curve. */
const LEVEL_SHARE = 0.1;

/** A stretch in which no movement was told from the noise: level, or as far as the noise may have moved it. */
function levelClause({ stretches, range }: Whole, k: number): string {
  const { within, toValue } = stretches[k];
  const until = k === stretches.length - 1 ? 'from there' : `until step ${step(endOf(stretches, k))}`;
  if (within[1] - within[0] > LEVEL_SHARE * range) {
    return `${between(within)} ${until}, no movement told from the noise`;
  }
  return `level${k === 0 ? ` at ${number(toValue)}` : ''} ${until}`;
}

function between([low, high]: readonly [number, number]): string {
  const decimals = decimalsOf([low, high]);
  const [from, to] = [low, high].map((value) => number(Number(value.toFixed(decimals)), 12));
  return from === to ? `at ${number(low)}` : `between ${from} and ${to}`;
}

/** So many that a tenth of what lies between is told, and three digits of the larger value. */
function decimalsOf([low, high]: readonly [number, number]): number {
  const unit = Math.min((high - low) / 10, Math.max(Math.abs(low), Math.abs(high)) / 100);
  return unit > 0 ? Math.max(0, Math.min(12, Math.ceil(-Math.log10(unit)))) : 0;
}

/** Where a level or wander ends: where over the seeds what follows begins, so that the two are said alike. */
function endOf(stretches: readonly Stretch[], k: number): number {
  return timingOf(stretches, k + 1)?.start.value ?? stretches[k].to.step;
}

/**
 * The seeds' own timing of a stretch; null where there is none, or where their means lie beyond the stretches beside it, so
 * that the seeds do not move in the order of their mean and its own edges say more.
 */
function timingOf(stretches: readonly Stretch[], k: number): SeedStretch['timing'] {
  const stretch = stretches[k];
  if (stretch === undefined || !('timing' in stretch)) return null;
  const timing = (stretch as SeedStretch).timing;
  if (timing === null) return null;
  const earliest = stretches[k - 1]?.from.step ?? stretch.from.step;
  const latest = stretches[k + 1]?.to.step ?? stretch.to.step;
  const within = timing.start.value >= earliest && timing.end.value <= latest;
  return within && timing.start.value <= timing.end.value ? timing : null;
}

function transitionClause(whole: Whole, k: number): string {
  const { stretches, seeds } = whole;
  const stretch = stretches[k];
  // It starts where another movement ends, which has been said.
  const follows = k > 0 && stretches[k - 1].kind !== 'level';
  const { kind, pace, fromValue, toValue, relativeAmplitude } = stretch;
  const verb = pace === 'jump' ? (kind === 'rise' ? 'jumps up' : 'jumps down') : `${kind}s`;
  const share = relativeAmplitude === null ? '' : ` (${percent(relativeAmplitude)})`;
  const values = follows
    ? `to ${number(toValue)}`
    : `from ${distinct(fromValue, toValue)} to ${distinct(toValue, fromValue)}${share}`;
  return `${verb} ${values} ${when(whole, k, follows)}${showing(stretch, seeds)}`;
}

function showing(stretch: Stretch, seeds: number | null): string {
  if (seeds === null) return '';
  const count = (stretch as SeedStretch).showing;
  return count === 0 ? ', shown by the seeds together, by none alone' : `, ${count} of ${seeds} seeds`;
}

function when({ stretches, steps }: Whole, k: number, follows: boolean): string {
  const { pace, from, to, half } = stretches[k];
  const last = k === stretches.length - 1;
  const timing = timingOf(stretches, k);
  const placed = (own: OverSeeds | undefined, edge: StretchEdge): string =>
    own === undefined ? place(edge.step, edge.interval) : seedsPlace(own, steps);
  if (pace === 'jump') return `at step ${placed(timing?.half, half ?? to)}`;
  const until = placed(timing?.end, to);
  if (follows) return last && to.interval[1] === to.step ? 'until the end' : `until step ${until}`;
  return from.index === 0
    ? `in steps ${step(from.step)}–${until}`
    : `in steps ${placed(timing?.start, from)}–${until}`;
}

/** An interval wider than this share of the whole training says less than the seeds themselves. */
const WIDE_SHARE = 0.25;

/** The mean step of the seeds with its interval, or where that says little, from the first to the last seed. */
function seedsPlace({ value, interval, perSeed }: OverSeeds, steps: number): string {
  const known = perSeed.filter((own) => own !== null);
  const little = interval === null || interval[1] - interval[0] > WIDE_SHARE * steps;
  if (!little || known.length === 1) return place(value, interval);
  const count = known.length === perSeed.length ? '' : ` in ${known.length} of them`;
  return `${step(value)} (seeds: ${step(Math.min(...known))} to ${step(Math.max(...known))}${count})`;
}

/** A step with its interval. */
function place(value: number, interval: readonly [number, number] | readonly number[] | null): string {
  if (interval === null || interval[0] === interval[1]) return step(value);
  return `${step(value)} [${step(interval[0])}, ${step(interval[1])}]`;
}

/** A training step; a mean of steps to one decimal, or none where that says nothing. */
function step(value: number): string {
  return typeset(Math.abs(value) >= 100 ? Math.round(value) : Math.round(10 * value) / 10);
}

function percent(share: number): string {
  const value = 100 * share;
  return `${signed(Math.abs(value) >= 10 ? Math.round(value) : Number(value.toPrecision(2)), 15)} %`;
}

/** A value with as many digits, three or more, as tell it from another: nothing rises from 1.03 to 1.03. */
function distinct(value: number, other: number): string {
  let digits = 3;
  while (digits < 9 && number(value, digits) === number(other, digits)) digits++;
  return number(value, digits);
}

function number(value: number, digits = 3): string {
  return typeset(Number(value.toPrecision(digits)));
}

function signed(value: number, digits = 3): string {
  return `${value > 0 ? '+' : ''}${number(value, digits)}`;
}
