/** A measured quantity over training. `steps` strictly increasing, both of equal length. */
export interface Series {
  readonly steps: Float64Array;
  readonly values: Float64Array;
}

/** One detected change. */
export interface Change {
  /** Index of the first measurement of the new regime. */
  readonly index: number;
  /** Training step of that measurement. */
  readonly step: number;
  /**
   * Steps between which the change lies: after the last measurement that is certain to come before it, and complete with
   * the last. At least from the measurement before `step` to `step` itself.
   */
  readonly interval: readonly [number, number];
  /** A step in level, a kink in slope, or a change in variance. */
  readonly kind: 'level' | 'slope' | 'variance';
  readonly direction: 'increase' | 'decrease';
  /** Size in units of the local noise; NaN where the method estimates no noise. */
  readonly effect: number;
  /** Size in the series' own unit (per step for a slope), at least 0: `direction` has the sign. */
  readonly magnitude: number;
  /** null where the method has none. */
  readonly pValue: number | null;
}

/** What a detector says: the changes, or why the series cannot be tested. */
export type Detection =
  | {
      readonly testable: true;
      readonly changes: readonly Change[];
      /** First and last training step at which a change can be reported; nothing is said of what lies outside. */
      readonly tested: readonly [number, number];
    }
  | { readonly testable: false; readonly reason: string };

export interface DetectorOptions {
  /** Nominal family-wise error rate per series, for detectors with error control. Default 0.05. */
  readonly alpha?: number;
}

/** Interchangeable change detectors. Pure and deterministic: same series and options, same answer. */
export type Detector<Options extends DetectorOptions = DetectorOptions> = (
  series: Series,
  options?: Options,
) => Detection;
