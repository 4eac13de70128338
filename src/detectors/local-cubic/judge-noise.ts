import { MAD_TO_SD } from '../../numerics/quantile.ts';
import { selectKth } from '../../numerics/select.ts';
import { type NoiseCharacter, noiseCharacter } from './noise-character.ts';
import { heightsOf, mask, Peaks } from './peaks.ts';
import { LOWEST_PEAK, roomForUnmistakable, unmistakable } from './quiet-noise.ts';
import { type Probe, Scan } from './scan.ts';
import type { Search } from './search.ts';
import { bestTransition, reachOf, type Transition, withoutTransitions } from './transitions.ts';
import { wholeExtent } from './whole-extent.ts';

/** What a series says of its noise beyond the model. */
export interface Judgement {
  /** By what to multiply the statistics of each kind. */
  readonly scales: readonly number[];
  readonly character: () => NoiseCharacter;
}

/** Peaks so many times the threshold are taken for changes when the rest is judged. */
const HIGH = 1.3;
/** Places around a peak that say the same. */
const NEIGHBORS = 10;

/**
 * Judges the noise by what is left when the highest peaks are taken out one after another: true changes must not pass
 * for noise.
 */
export function judge(values: Float64Array, probe: Probe, { threshold, noise, quiet }: Search): Judgement {
  const { kinds, window, least } = probe;
  if (least > 0) return { scales: kinds.map(() => 1), character: () => noiseCharacter(values, [], noise, 1) };
  const found: Transition[] = [];
  const takenOut = new Uint8Array(values.length);
  let rest = values;
  const left = new Scan(values, probe);
  const takeOut = (above: number): void => {
    const masked = takenOut.slice();
    const summitsNow = (): Peaks => new Peaks(heightsOf(left), masked, LOWEST_PEAK);
    for (let summits = summitsNow(); ; ) {
      const t = summits.highest();
      if (t < 0) return;
      mask(masked, t, NEIGHBORS);
      const high = summits.heights.height[t] > above;
      if (!high && !roomForUnmistakable(left, t, quiet)) continue;
      const best = bestTransition(rest, t, probe, { into: window.scratch });
      if (!high && !unmistakable(best, quiet)) continue;
      mask(takenOut, t, NEIGHBORS);
      const taken = wholeExtent(rest, best, probe, quiet) ?? { ...best, tailed: false };
      found.push(taken);
      rest = withoutTransitions(values, found);
      left.update(rest, ...reachOf(taken));
      summits = summitsNow();
    }
  };
  takeOut(HIGH * threshold);
  const scales = left.statistics.map((statistic) => 1 / excess(statistic, window.length >> 2));
  let character: NoiseCharacter | null = null;
  return {
    scales,
    character: () => {
      if (character !== null) return character;
      takeOut(threshold);
      const places = found.map(({ start, width }) => [start, start + width - 1] as const);
      character = noiseCharacter(rest, places, noise, window.length >> 1);
      return character;
    },
  };
}

/** Room for the scatter of the median of |T| itself. */
const SCATTER = 1.2;

/**
 * How much wider than standard normal the statistics are over the series, at least 1: what the noise model misses.
 *
 * @param margin places at either end that are left out.
 */
function excess(statistic: Float64Array, margin: number): number {
  const sizes = statistic.slice(margin, statistic.length - margin);
  for (let t = 0; t < sizes.length; t++) sizes[t] = Math.abs(sizes[t]);
  return Math.max(1, (MAD_TO_SD * selectKth(sizes, sizes.length >> 1)) / SCATTER);
}
