/** What a detector under test may be: one of ours by name, a module's default export, or a command. */
export type DetectorSource =
  | { readonly type: 'built-in'; readonly name: string }
  | { readonly type: 'module'; readonly path: string }
  | { readonly type: 'command'; readonly command: string };

/** A change as the harness needs it. */
export interface FoundChange {
  /** Index of the first value of the new regime. */
  readonly index: number;
  /** Indices between which the detector says the change lies; null where it gives no interval. */
  readonly interval: readonly [number, number] | null;
}

/**
 * A detector under test. `null` says that the series cannot be tested.
 *
 * @param steps where the values were measured, for detectors that care; by default 0, 1, 2, …
 */
export type DetectorUnderTest = (
  values: Float64Array,
  alpha: number,
  steps?: Float64Array,
) => readonly FoundChange[] | null;

/** One condition that is simulated many times. */
export interface Cell {
  /** Name of the background, which has no change of its own. */
  readonly background: string;
  /** Name of the effect planted in it; null where nothing changes. */
  readonly effect: string | null;
  /** Size of the effect in standard deviations of the noise; 0 where nothing changes. */
  readonly size: number;
  /** Values in a series. */
  readonly n: number;
}

/** A share or a rate, with its 95 % interval. */
export interface Rate {
  readonly value: number;
  readonly interval: readonly [number, number];
}
