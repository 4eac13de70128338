import type { ChangeKind } from './change-kinds.ts';
import { fitArrays, type WhitenedWindow, type WindowFit } from './whitened-window.ts';

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

/** The statistics of every kind by the place of the change's middle; 0 in the margins. */
export type Scan = readonly Float64Array[];

/** Windows overlap so that a change is never further from a window's middle than this share of its length. */
const HOP = 1 / 8;

/** From the start of a change to its middle. */
export function lead({ extent }: ChangeKind): number {
  return (extent - 1) >> 1;
}

/**
 * Tests all kinds of change at all places, in windows that overlap; each place in the window whose middle is nearest.
 * About 30 operations a measurement and kind.
 */
export function scan(values: Float64Array, probe: Probe): Scan {
  const n = values.length;
  const { window, kinds, margin } = probe;
  const { length } = window;
  const statistics = kinds.map(() => new Float64Array(n));
  const arrays = fitArrays(length);
  const count = Math.ceil((n - length) / (HOP * length)) + 1;
  const startOf = (k: number) => (count === 1 ? 0 : Math.round((k * (n - length)) / (count - 1)));
  // Places up to the middle between two windows' middles belong to the first.
  const endOf = (k: number) => (k === count - 1 ? n : (startOf(k) + startOf(k + 1) + length + 1) >> 1);
  for (let k = 0; k < count; k++) {
    const start = startOf(k);
    const fit = window.fit(values, start, arrays);
    const [from, to] = [k === 0 ? 0 : endOf(k - 1) - start, endOf(k) - start];
    kinds.forEach((kind, i) => {
      const squares = window.squares(kind);
      const [first, last] = positions(kind, window, margin);
      const end = Math.min(last + 1, to - lead(kind));
      for (let p = Math.max(first, from - lead(kind)); p < end; p++) {
        const square = squares[p];
        if (!(square > 0)) continue;
        const along = kind.along(fit.stepSums, p);
        const noise = noiseBeside((along * along) / square, fit, probe);
        if (noise > 0) statistics[i][start + p + lead(kind)] = along / Math.sqrt(square) / noise;
      }
    });
  }
  return statistics;
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
  return { statistic: noise > 0 ? along / Math.sqrt(square) / noise : 0, size: along / square, gained, noise };
}

/** Standard deviation of the innovations around the cubic and a change that explains `gained` of their squares. */
function noiseBeside(gained: number, { rss }: WindowFit, { window, noiseFloor }: Probe): number {
  return Math.sqrt(Math.max(0, rss - gained) / window.degreesOfFreedom + noiseFloor * noiseFloor);
}
