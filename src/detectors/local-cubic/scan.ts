import type { ChangeKind } from './change-kind.ts';
import { alongAt } from './change-kinds.ts';
import { TOGETHER } from './four-windows.ts';
import type { WhitenedWindow, WindowFit } from './whitened-window.ts';

/** What is tested, and in what windows. */
export interface Probe {
  readonly window: WhitenedWindow;
  readonly kinds: readonly ChangeKind[];
  /** Measurements that must lie before a change and, the first in full included, after it. */
  readonly margin: number;
  /** Standard deviation that rounding may hide; keeps statistics small where the noise is only rounding. */
  readonly noiseFloor: number;
  /** Least statistic for the window to be trusted with a change, where that is more than its threshold. */
  readonly least: number;
  /** Where the measurements lie on the axis of training, unless they are evenly spaced (`unevenPositions`). */
  readonly positions: Float64Array | undefined;
  /** Whether no wider window follows. */
  readonly widest: boolean;
}

/** The test of one change. */
export interface ChangeFit {
  /** Signed, about standard normal where nothing changes. */
  readonly statistic: number;
  /** Size in the data's unit (per measurement for a kink). */
  readonly size: number;
  /** Sum of squares that the change explains. */
  readonly gained: number;
  /** Standard deviation of the innovations around cubic and change. */
  readonly noise: number;
}

/** From one window to the next, as a share of their length: a change is at most half of it off a window's middle. */
const HOP = 1 / 4;

/**
 * Tests all kinds of change at all places of a series, in windows that overlap; each place in the window whose middle is
 * nearest. About 20 operations a measurement and kind.
 */
export class Scan {
  readonly probe: Probe;
  /** Of every kind, by the place of the change's middle; 0 in the margins. */
  readonly statistics: readonly Float64Array[];
  /** Sum of squares that the cubic leaves of the window around a place: no change explains more. */
  readonly unexplained: Float64Array;
  readonly #least: number;
  readonly #along: Float64Array;

  /** @param least statistics of a smaller size need not be known and may be given as 0, which saves most of the time. */
  constructor(values: Float64Array, probe: Probe, least = 0) {
    const n = values.length;
    const { kinds, window } = probe;
    // One buffer for all: making one takes longer than a window's test.
    const room = new Float64Array((kinds.length + 1) * n);
    this.probe = probe;
    this.statistics = kinds.map((_, i) => room.subarray(i * n, (i + 1) * n));
    this.unexplained = room.subarray(kinds.length * n);
    this.#least = least;
    this.#along = new Float64Array(window.length);
    this.update(values, 0, n - 1);
  }

  /**
   * Tests again where the values first … last have changed, but for a level common to all that follow, which no window
   * sees.
   */
  update(values: Float64Array, first: number, last: number): void {
    const n = values.length;
    const { window } = this.probe;
    const { length, four } = window;
    const count = Math.ceil((n - length) / (HOP * length)) + 1;
    const startOf = (k: number) => (count === 1 ? 0 : Math.round((k * (n - length)) / (count - 1)));
    // Places up to the middle between two windows' middles belong to the first.
    const endOf = (k: number) => (k === count - 1 ? n : (startOf(k) + startOf(k + 1) + length + 1) >> 1);
    const testAt = (k: number, rss: number, stepSums: Float64Array): void =>
      this.#testWindow(rss, stepSums, startOf(k), k === 0 ? 0 : endOf(k - 1), endOf(k));
    let k = 0;
    let end = count;
    while (k < end && startOf(k) + length <= first) k++;
    while (end > k && startOf(end - 1) > last) end--;
    for (; end - k > 1; k += TOGETHER) {
      const together = Math.min(TOGETHER, end - k);
      // Where fewer are left, the last one takes the places of those that are missing.
      for (let i = 0; i < TOGETHER; i++) starts[i] = startOf(k + Math.min(i, together - 1));
      window.fitFour(values, starts);
      for (let i = 0; i < together; i++) testAt(k + i, four.rss[i], four.stepSums[i]);
    }
    if (end - k < 1) return;
    const { rss, stepSums } = window.fit(values, startOf(k), window.scratch);
    testAt(k, rss, stepSums);
  }

  /** Tests the changes whose middle is from … to − 1 in the window at `start`. */
  #testWindow(rss: number, stepSums: Float64Array, start: number, from: number, to: number): void {
    const { window, kinds, margin, noiseFloor } = this.probe;
    const { degreesOfFreedom } = window;
    const along = this.#along;
    const leastGained = gainedAt(this.#least, rss, degreesOfFreedom, noiseFloor);
    this.unexplained.fill(rss, from, to);
    for (let i = 0; i < kinds.length; i++) {
      const kind = kinds[i];
      const statistic = this.statistics[i];
      const squares = window.squares(kind);
      const norms = window.norms(kind);
      const offset = start + lead(kind);
      const begin = Math.max(margin, from - offset);
      const end = Math.min(latestPosition(kind, window, margin) + 1, to - offset);
      if (end <= begin) continue;
      kind.along(stepSums, begin, end, along);
      const { divisor } = kind;
      // A little less than the least, so that what is left out is not looked at in vain.
      const leastProduct = (1 - 1e-9) * leastGained * divisor * divisor;
      for (let p = begin; p < end; p++) {
        const square = squares[p];
        if (!(square > 0)) continue;
        const undivided = along[p - begin];
        if (undivided * undivided < leastProduct * square) {
          statistic[offset + p] = 0;
          continue;
        }
        const product = undivided / divisor;
        const gained = product * product;
        statistic[offset + p] =
          gained < leastGained * square
            ? 0
            : ratio(product, norms[p], noiseBeside(gained / square, rss, degreesOfFreedom, noiseFloor));
      }
    }
  }
}

/** Of the windows that are fitted together. */
const starts = new Int32Array(TOGETHER);

/** From the start of a change to its middle. */
export function lead({ extent }: ChangeKind): number {
  return (extent - 1) >> 1;
}

/** Last position at which a change of a kind may begin in a window; the first is the margin. */
export function latestPosition({ extent }: ChangeKind, { length }: WhitenedWindow, margin: number): number {
  return length - margin - (extent - 1);
}

/** The test of the change that begins at a position of a window. */
export function test(
  kind: ChangeKind,
  position: number,
  { rss, stepSums }: WindowFit,
  { window, noiseFloor }: Probe,
): ChangeFit {
  const noiseOf = (gained: number): number => noiseBeside(gained, rss, window.degreesOfFreedom, noiseFloor);
  const square = window.squares(kind)[position] ?? 0;
  if (!(square > 0)) return { statistic: 0, size: 0, gained: 0, noise: noiseOf(0) };
  const along = alongAt(kind, stepSums, position);
  const gained = (along * along) / square;
  const noise = noiseOf(gained);
  // Without any noise nor rounding cubic and change fit exactly; an exact cubic has no change.
  return {
    statistic: ratio(along, Math.sqrt(square), noise),
    size: along / square,
    gained,
    noise,
  };
}

function ratio(along: number, norm: number, noise: number): number {
  return noise > 0 ? along / norm / noise : 0;
}

/** A little less than what a change explains whose statistic is of this size. */
function gainedAt(statistic: number, rss: number, degreesOfFreedom: number, floor: number): number {
  const square = statistic * statistic;
  const gained = (square * (rss / degreesOfFreedom + floor * floor)) / (1 + square / degreesOfFreedom);
  return (1 - 1e-9) * gained;
}

/** Standard deviation of the innovations around the cubic and a change that explains `gained` of their squares. */
function noiseBeside(gained: number, rss: number, degreesOfFreedom: number, floor: number): number {
  return Math.sqrt(Math.max(0, rss - gained) / degreesOfFreedom + floor * floor);
}
