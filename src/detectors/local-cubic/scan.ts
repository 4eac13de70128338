import {
  type ChangeKind,
  type FitArrays,
  fitArrays,
  type WhitenedWindow,
  type WindowFit,
} from './whitened-window.ts';

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
  readonly #arrays: FitArrays;

  constructor(values: Float64Array, probe: Probe) {
    this.probe = probe;
    this.statistics = probe.kinds.map(() => new Float64Array(values.length));
    this.unexplained = new Float64Array(values.length);
    this.#arrays = fitArrays(probe.window.length);
    this.update(values, 0, values.length - 1);
  }

  /**
   * Tests again where the values first … last have changed, but for a level common to all that follow, which no window
   * sees.
   */
  update(values: Float64Array, first: number, last: number): void {
    const n = values.length;
    const { length } = this.probe.window;
    const count = Math.ceil((n - length) / (HOP * length)) + 1;
    const startOf = (k: number) => (count === 1 ? 0 : Math.round((k * (n - length)) / (count - 1)));
    // Places up to the middle between two windows' middles belong to the first.
    const endOf = (k: number) => (k === count - 1 ? n : (startOf(k) + startOf(k + 1) + length + 1) >> 1);
    for (let k = 0; k < count; k++) {
      const start = startOf(k);
      if (start > last || start + length <= first) continue;
      this.#testWindow(values, start, k === 0 ? 0 : endOf(k - 1), endOf(k));
    }
  }

  /** Tests the changes whose middle is from … to − 1 in the window at `start`. */
  #testWindow(values: Float64Array, start: number, from: number, to: number): void {
    const { window, kinds, margin } = this.probe;
    const fit = window.fit(values, start, this.#arrays);
    this.unexplained.fill(fit.rss, from, to);
    kinds.forEach((kind, i) => {
      const statistic = this.statistics[i];
      const squares = window.squares(kind);
      const [first, last] = positions(kind, window, margin);
      const offset = start + lead(kind);
      const end = Math.min(last + 1, to - offset);
      for (let p = Math.max(first, from - offset); p < end; p++) {
        const square = squares[p];
        if (!(square > 0)) continue;
        const along = kind.along(fit.stepSums, p);
        const noise = noiseBeside((along * along) / square, fit, this.probe);
        statistic[offset + p] = noise > 0 ? along / Math.sqrt(square) / noise : 0;
      }
    });
  }
}

/** From the start of a change to its middle. */
export function lead({ extent }: ChangeKind): number {
  return (extent - 1) >> 1;
}

/** First and last position at which a change of a kind may begin in a window. */
export function positions(
  { extent }: ChangeKind,
  { length }: WhitenedWindow,
  margin: number,
): readonly [number, number] {
  return [margin, length - margin - (extent - 1)];
}

/** The test of the change that begins at a position of a window. */
export function test(kind: ChangeKind, position: number, fit: WindowFit, probe: Probe): ChangeFit {
  const square = probe.window.squares(kind)[position] ?? 0;
  if (!(square > 0)) return { statistic: 0, size: 0, gained: 0, noise: noiseBeside(0, fit, probe) };
  const along = kind.along(fit.stepSums, position);
  const gained = (along * along) / square;
  const noise = noiseBeside(gained, fit, probe);
  // Without any noise nor rounding cubic and change fit exactly; an exact cubic has no change.
  return {
    statistic: noise > 0 ? along / Math.sqrt(square) / noise : 0,
    size: along / square,
    gained,
    noise,
  };
}

/** Standard deviation of the innovations around the cubic and a change that explains `gained` of their squares. */
function noiseBeside(gained: number, { rss }: WindowFit, { window, noiseFloor }: Probe): number {
  return Math.sqrt(Math.max(0, rss - gained) / window.degreesOfFreedom + noiseFloor * noiseFloor);
}
