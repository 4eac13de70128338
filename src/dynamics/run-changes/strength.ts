import { ALPHAS, FACTORS, LEVELS } from './calibration-tables.ts';
import type { Channel } from './channels.ts';
import type { JointStatistic } from './joint-statistics.ts';

/** Sizes of reference from which on a column of `LEVELS` holds. */
export const SIZES: readonly number[] = [8, 10, 13, 17, 22, 30, 40, 55, 75, 100];

/**
 * The joint statistic at a place as a multiple of the level that it seldom reaches where nothing changes, given how many contrasts
 * it was standardized by; 0 where there is none. Comparable between channels.
 */
export function ratioOf(statistic: JointStatistic, t: number): number {
  return statistic.sizes[t] === 0 ? 0 : statistic.values[t] / levelAt(statistic, t);
}

/** The level of a joint statistic at a place where it has a value. */
export function levelAt({ channel, sizes, allowance }: JointStatistic, t: number): number {
  return allowance[t] * levelOf(channel, sizes[t]);
}

/** The level of a channel, between the columns of the table by the logarithm of the size. */
function levelOf(channel: Channel, size: number): number {
  let levels = knownLevels.get(channel);
  if (levels === undefined) {
    levels = Array.from({ length: SIZES[SIZES.length - 1] + 1 }, (_, s) => levelIn(channel, s));
    knownLevels.set(channel, levels);
  }
  return levels[size] ?? levelIn(channel, size);
}

/** By size: they are asked for at every place of every run. */
const knownLevels = new WeakMap<Channel, readonly number[]>();

function levelIn({ quantity, width }: Channel, size: number): number {
  return interpolated(SIZES, LEVELS[`${quantity} ${width}`], size);
}

/**
 * The strength that a run in which nothing changes exceeds anywhere with chance `alpha` at most, in the worst family simulated.
 *
 * @param n measurements of the run.
 * @param alpha above 0, below 1; below 0.005 the tail is continued as a power.
 */
export function criticalStrength(n: number, alpha: number): number {
  return strengthsAt(n)(alpha);
}

/** The chance that a run of n measurements in which nothing changes shows a strength as large, somewhere. */
export function chanceOf(strength: number, n: number): number {
  const at = strengthsAt(n);
  let [low, high] = [LEAST_CHANCE, 1];
  if (strength >= at(low)) return low;
  if (strength <= at(high)) return high;
  // The strength falls with alpha: 50 halvings of the logarithm leave nothing to the last digit that counts.
  for (let i = 0; i < 50; i++) {
    const middle = Math.sqrt(low * high);
    if (at(middle) > strength) low = middle;
    else high = middle;
  }
  return high;
}

/** No smaller chance is stated: the tails beyond are not simulated. */
export const LEAST_CHANCE = 0.0005;

/** By number of measurements: runs of a study have the same. */
const knownStrengths = new Map<number, (alpha: number) => number>();
const MOST_KNOWN = 64;

function strengthsAt(n: number): (alpha: number) => number {
  const known = knownStrengths.get(n);
  if (known !== undefined) return known;
  if (knownStrengths.size >= MOST_KNOWN) knownStrengths.clear();
  const strengths = strengthsByChance(n);
  knownStrengths.set(n, strengths);
  return strengths;
}

function strengthsByChance(n: number): (alpha: number) => number {
  const lengths = Object.keys(FACTORS).map(Number);
  const row = ALPHAS.map((_, column) =>
    interpolated(
      lengths,
      lengths.map((length) => FACTORS[length][column]),
      n,
    ),
  );
  // Against 1 / alpha, which rises.
  const rarities = ALPHAS.map((alpha) => 1 / alpha);
  return (alpha) => {
    const rarity = 1 / alpha;
    const last = rarities.length - 1;
    if (rarity <= rarities[last] && rarity >= rarities[0]) return interpolated(rarities, row, rarity);
    const [a, b] = rarity > rarities[last] ? [last - 1, last] : [0, 1];
    const slope = Math.log(row[b] / row[a]) / Math.log(rarities[b] / rarities[a]);
    return row[b] * (rarity / rarities[b]) ** slope;
  };
}

/** A power law between the neighbors of x among ascending `xs`; constant beyond their ends. */
export function interpolated(xs: readonly number[], ys: readonly number[], x: number): number {
  let above = 0;
  while (above < xs.length && !(x <= xs[above])) above++;
  if (above === xs.length) return ys[ys.length - 1];
  if (above === 0) return ys[0];
  const share = Math.log(x / xs[above - 1]) / Math.log(xs[above] / xs[above - 1]);
  return ys[above - 1] * (ys[above] / ys[above - 1]) ** share;
}
