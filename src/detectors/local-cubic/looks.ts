import type { ChangeKind } from './change-kind.ts';
import { transition } from './change-kinds.ts';
import type { NoiseModel } from './noise-model.ts';
import type { Probe } from './scan.ts';
import { WhitenedWindow } from './whitened-window.ts';

interface Look {
  readonly halfWidth: number;
  /** Widths of transitions that are scanned; those between are near enough to one of them. */
  readonly widths: readonly number[];
  /** Least statistic of a change, where that is more than its threshold. */
  readonly least: number;
}

/** A statistic that no noise of a testable kind reaches. */
const UNMISTAKABLE = 8;
/** The same of a transition so slow that a trend of degree 7 comes near it. */
const UNMISTAKABLE_SLOW = 15;
/** The same where few degrees of freedom are left to judge the noise by. */
const UNMISTAKABLE_BY_FEW = 10;

/** The windows that a series is looked at through, in this order. */
const LOOKS: readonly Look[] = [
  // The widest that follows a trend of some hundred measurements.
  { halfWidth: 60, widths: [1, 3, 8, 20], least: 0 },
  // Sees smaller changes where the trend allows.
  { halfWidth: 90, widths: [1, 3, 8, 20, 30], least: 0 },
  // Holds enough of both levels to tell slow transitions from trends.
  { halfWidth: 130, widths: [20, 45], least: 0 },
  // The slowest transitions that are told from trends, where they are large.
  { halfWidth: 200, widths: [45, 75], least: UNMISTAKABLE_SLOW },
  // Too narrow to judge noise by; they tell large changes from others nearby.
  { halfWidth: 30, widths: [1, 3, 10], least: UNMISTAKABLE },
  { halfWidth: 15, widths: [1, 4], least: UNMISTAKABLE },
  { halfWidth: 8, widths: [1], least: UNMISTAKABLE_BY_FEW },
];
/** Windows of the usual width, from which the noise is judged. */
const USUAL_HALF_WIDTH = 60;

/** A window less wide than so many times the widest before shows nothing new. */
const WORTH_ANOTHER_LOOK = 1.25;
/** A transition takes at most this share of a window: of what is longer, both levels are not seen. */
export const LONGEST_SHARE = 1 / 5;
/** Measurements before and after a change. */
export const MARGIN = 5;

export function usualHalfWidth(n: number): number {
  return Math.min(USUAL_HALF_WIDTH, n >> 1);
}

/**
 * The windows and transitions to test in a series of n measurements. Short series are looked at through fewer; and to
 * what wanders a change is no wider than its course, so that narrow windows show nothing new.
 */
export function looks(
  n: number,
  noise: NoiseModel,
  noiseFloor: number,
  positions: Float64Array | undefined,
): Probe[] {
  const windows: Pick<Probe, 'window' | 'kinds' | 'least'>[] = [];
  let widest = 0;
  for (const { halfWidth: usual, widths, least } of LOOKS) {
    const halfWidth = Math.min(usual, n >> 1);
    const narrow = usual < USUAL_HALF_WIDTH;
    if (narrow ? halfWidth < usual || noise.wandering : halfWidth < WORTH_ANOTHER_LOOK * widest) continue;
    widest = Math.max(widest, halfWidth);
    const window = WhitenedWindow.of(2 * halfWidth, noise);
    const kinds = widths.filter((width) => width <= LONGEST_SHARE * window.length).map(transition);
    windows.push({ window, kinds, least });
  }
  // Every probe is written out in this order: to the engine they are then of one shape.
  return windows.map(({ window, kinds, least }) => {
    return {
      window,
      kinds,
      margin: MARGIN,
      noiseFloor,
      least,
      positions,
      widest: window.length === 2 * widest,
    };
  });
}

/** The kinds of a probe that are steps. */
export const STEP: ChangeKind = transition(1);
