import { transition } from './change-kinds.ts';
import { examine } from './examine.ts';
import { judge } from './judge-noise.ts';
import { looks } from './looks.ts';
import type { NoiseModel } from './noise-model.ts';
import { heightsOf, highestPeak, mask } from './peaks.ts';
import { type Probe, scan, test } from './scan.ts';
import { bestTransition, isTail, type Transition, withoutTransitions } from './transitions.ts';
import { sizeBeside, wholeExtent } from './whole-extent.ts';

/** A change that passed. */
export interface Accepted extends Transition {
  /** The statistic after all shrinkage, positive: what the threshold and the p-value are for. */
  readonly value: number;
  /** The probe that found it. */
  readonly probe: Probe;
}

/** What the search needs to know of a series. */
export interface Search {
  readonly noise: NoiseModel;
  /** Statistics up to this are no peak. */
  readonly threshold: number;
  readonly noiseFloor: number;
  readonly positions: Float64Array | undefined;
  /** Spacing of the grid that the values were rounded to. */
  readonly spacing: number;
  /** Standard deviation of the innovations at each measurement (`quietNoise`), asked for where there is a peak. */
  readonly quiet: () => Float64Array;
}

/** A transition of so many measurements or fewer is a jump; what takes longer, a wandering level does more easily. */
const QUICK = 6;
/** By what the statistic of a slow one is multiplied. */
const SLOW_SHARE = 0.65;
/** Places around a transition, beyond its course, where no second one is sought in the same window. */
const SEPARATION = 15;

/**
 * Finds changes of the level: in narrow windows those that nobody could miss, then, in what they leave, in wider ones
 * smaller and slower changes.
 *
 * @param values without spikes.
 * @returns the changes, and the values without them.
 */
export function findTransitions(
  values: Float64Array,
  search: Search,
): { accepted: Accepted[]; remaining: Float64Array } {
  const accepted: Accepted[] = [];
  const probes = looks(values.length, search.noise, search.noiseFloor, search.positions);
  // What a wide window has found no longer hides anything from the narrow ones.
  for (let before = -1; accepted.length > before && (before < 0 || accepted.length > 0); ) {
    before = accepted.length;
    for (const probe of probes) look(values, probe, search, accepted);
  }
  return { accepted, remaining: withoutTransitions(values, accepted) };
}

function look(values: Float64Array, probe: Probe, search: Search, accepted: Accepted[]): void {
  const threshold = Math.max(probe.least, search.threshold);
  const masked = new Uint8Array(values.length);
  for (const found of accepted) maskAround(masked, found);
  let remaining = withoutTransitions(values, accepted);
  let heights = heightsOf(scan(remaining, probe));
  if (highestPeak(heights, masked, threshold) < 0) return;
  const { scales, character } = judge(remaining, probe, search);
  heights = heightsOf(scan(remaining, probe), scales);
  for (;;) {
    const t = highestPeak(heights, masked, threshold);
    if (t < 0) return;
    mask(masked, t, SEPARATION);
    const scale = scales[heights.kind[t]];
    let best = bestTransition(remaining, t, probe);
    let value = scale * examine(best, probe, character, search);
    if (best.width > QUICK) {
      value *= SLOW_SHARE;
      if (!(value > threshold)) {
        best = bestTransition(remaining, t, probe, QUICK);
        value = scale * examine(best, probe, character, search);
      }
    }
    if (!(value > threshold)) continue;
    const whole = wholeExtent(remaining, best, probe, search.quiet());
    if (whole === null || isTail(whole, accepted)) continue;
    accepted.push({ ...whole, value, probe });
    maskAround(masked, whole);
    refit(values, accepted);
    remaining = withoutTransitions(values, accepted);
    heights = heightsOf(scan(remaining, probe), scales);
  }
}

function maskAround(masked: Uint8Array, { start, width }: Transition): void {
  masked.fill(1, Math.max(0, start - SEPARATION), start + width + SEPARATION);
}

/** Rounds in which sizes that depend on each other settle. */
const ROUNDS = 3;

/** Estimates the sizes of changes that share a window again, each with the others taken out. */
function refit(values: Float64Array, accepted: Accepted[]): void {
  if (accepted.length < 2) return;
  for (let round = 0; round < ROUNDS; round++) {
    accepted.forEach((found, i) => {
      const { probe, start, width, tailed } = found;
      const { window } = probe;
      const sharing = (other: Accepted): boolean => Math.abs(other.start - start) < window.length;
      const others = accepted.filter((_, j) => j !== i);
      if (!others.some(sharing)) return;
      const alone = withoutTransitions(values, others);
      const origin = window.start(start + (width >> 1), values.length);
      const size = tailed
        ? sizeBeside(alone, found)
        : test(transition(width), start - origin, window.fit(alone, origin), probe).size;
      if (size !== 0) accepted[i] = { ...found, size };
    });
  }
}
