import { transition } from './change-kinds.ts';
import { examine } from './examine.ts';
import { type Judgement, judge } from './judge-noise.ts';
import { looks, STEP } from './looks.ts';
import { heightsOf, mask, maskAround, Peaks } from './peaks.ts';
import { LOWEST_PEAK, roomForUnmistakable, unmistakable } from './quiet-noise.ts';
import { type Probe, Scan, test } from './scan.ts';
import type { Search } from './search.ts';
import {
  type BestTransition,
  bestTransition,
  isTail,
  reachOf,
  type Transition,
  withoutTransitions,
} from './transitions.ts';
import { sizeBeside, wholeExtent } from './whole-extent.ts';

/** A change that passed. */
export interface Accepted extends Transition {
  /** The statistic after all shrinkage, positive: what the threshold and the p-value are for. */
  readonly value: number;
  /** The probe that found it. */
  readonly probe: Probe;
}

/** A transition of so many measurements or fewer is a jump; what takes longer, a wandering level does more easily. */
const QUICK = 6;
/** By what the statistic of a slow one is multiplied: slow and smooth wander (`validate`) then pass for none too often. */
const SLOW_SHARE = 0.65;
/** Places around a transition, beyond its course, where no second one is sought, but in windows narrower than that. */
const SEPARATION = 15;

/**
 * Finds changes of the level, in one window after another, each in what those before have left; and once more as long as
 * there are any, for what a wide window has found no longer hides others from a narrow one.
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
  const lookedWith = new Map<Probe, number>();
  let before: number;
  do {
    before = accepted.length;
    for (const probe of probes) {
      // It would see what it has seen.
      if (lookedWith.get(probe) === accepted.length) continue;
      lookedWith.set(probe, accepted.length);
      look(values, probe, search, accepted);
    }
  } while (accepted.length > before);
  return { accepted, remaining: withoutTransitions(values, accepted) };
}

function look(values: Float64Array, probe: Probe, search: Search, accepted: Accepted[]): void {
  const threshold = Math.max(probe.least, search.threshold);
  const separation = Math.min(SEPARATION, probe.window.length >> 2);
  const masked = new Uint8Array(values.length);
  for (const found of accepted) maskAround(masked, found, separation);
  let remaining = withoutTransitions(values, accepted);
  const scan = new Scan(remaining, probe, LOWEST_PEAK);
  /** The next peak that is above the threshold, or would be if its width had been scanned. */
  const next = (summits: Peaks): number => {
    for (;;) {
      const t = summits.highest();
      if (t < 0 || summits.heights.height[t] > threshold) return t;
      if (
        roomForUnmistakable(scan, t, search.quiet) &&
        unmistakable(bestTransition(remaining, t, probe, { into: probe.window.scratch }), search.quiet)
      )
        return t;
      mask(masked, t, separation);
    }
  };
  if (next(new Peaks(heightsOf(scan), masked, LOWEST_PEAK)) < 0) return;
  const judgement = judge(remaining, probe, search);
  const summitsNow = (): Peaks => new Peaks(heightsOf(scan, judgement.scales), masked, LOWEST_PEAK);
  for (let summits = summitsNow(); ; ) {
    const t = next(summits);
    if (t < 0) return;
    mask(masked, t, separation);
    const candidate = weigh(
      remaining,
      t,
      probe,
      judgement,
      judgement.scales[summits.heights.kind[t]],
      search,
    );
    if (candidate === null || !(candidate.value > threshold)) continue;
    const whole = wholeExtent(remaining, candidate.best, probe, search.quiet);
    if (whole === null || isTail(whole, accepted)) continue;
    accepted.push({ ...whole, value: candidate.value, probe });
    maskAround(masked, whole, separation);
    refit(values, accepted);
    remaining = withoutTransitions(values, accepted);
    for (const found of accepted) scan.update(remaining, ...reachOf(found));
    summits = summitsNow();
  }
}

/**
 * The best transition at a peak and its statistic. Where that is a slow one that does not pass, a jump at the same place
 * may.
 */
function weigh(
  values: Float64Array,
  t: number,
  probe: Probe,
  { character }: Judgement,
  scale: number,
  search: Search,
): { best: BestTransition; value: number } | null {
  const best = bestTransition(values, t, probe);
  if (best.width > QUICK) {
    const value = SLOW_SHARE * scale * examine(best, probe, character, search);
    if (value > search.threshold) return { best, value };
  }
  if (!probe.kinds.includes(STEP)) return null;
  const jump = best.width > QUICK ? bestTransition(values, t, probe, { widest: QUICK }) : best;
  return { best: jump, value: scale * examine(jump, probe, character, search) };
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
