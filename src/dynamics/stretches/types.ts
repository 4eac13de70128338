/** Where one stretch ends and the next begins. */
export interface StretchEdge {
  /** Of the measurement in the series as given. */
  readonly index: number;
  /** Its training step. */
  readonly step: number;
  /** Steps between which the edge lies. */
  readonly interval: readonly [number, number];
}

/** A number with its 95 % interval. */
export interface Estimate {
  readonly value: number;
  readonly interval: readonly [number, number];
}

/**
 * A part of a curve.
 *
 * - `rise`, `fall`: the quantity moved beyond the jitter between measurements, and further than independent increments
 *   without a direction would carry it;
 * - `wander`: it moved, but increments without a direction may have done it;
 * - `level`: no movement was told from the jitter.
 */
export interface Stretch {
  readonly kind: 'level' | 'rise' | 'fall' | 'wander';
  /**
   * Of a rise or fall: a `jump` takes at most five measurements from 10 to 90 %, a `fast` one is surely faster than both
   * stretches beside it, anything else is `gradual`. null for level and wander.
   */
  readonly pace: 'jump' | 'fast' | 'gradual' | null;
  readonly from: StretchEdge;
  readonly to: StretchEdge;
  /**
   * Where a rise or fall is half-way; of a jump within five measurements to either side, which its 10 to 90 % do not exceed,
   * however long its tail. null for level and wander.
   */
  readonly half: StretchEdge | null;
  /** Values that it leads from and to: of a rise or fall the levels beside it, else means at its two ends. */
  readonly fromValue: number;
  readonly toValue: number;
  /** Lowest and highest value in it of the curve smoothed over a few neighbors; of a wander of what it leads from and to as well. */
  readonly within: readonly [number, number];
  /** `toValue` less `fromValue`; the interval allows for the jitter. */
  readonly amplitude: Estimate;
  /** Amplitude over |fromValue|; null where that is 0. */
  readonly relativeAmplitude: number | null;
  /** Amplitude in standard deviations of a single measurement's jitter there; null where there is none. */
  readonly amplitudeInNoise: number | null;
  /** Training steps from one edge to the other. */
  readonly duration: number;
  /** Amplitude per training step. */
  readonly rate: Estimate;
  /** What it is told from: rises and falls from a walk (and from jitter), wander from jitter, a level from nothing. */
  readonly toldFrom: 'walk' | 'jitter' | null;
  /**
   * Chance that any stretch of this kind as clear as this one appears in a series where nothing moves, or has no
   * direction; from simulation, 1e-6 at least. null for a level.
   */
  readonly pValue: number | null;
}

/** Where a curve turns between a rise and a fall. */
export interface TurningPoint extends StretchEdge {
  readonly kind: 'peak' | 'trough';
  /** Mean of the three values there; of a sharp turn the value itself. */
  readonly value: number;
}

/** From where on a curve stays near its end, or why there is no such place. */
export type CurveStabilization =
  | ({ readonly status: 'stabilized' } & StretchEdge & EndBand)
  | ({ readonly status: 'moving'; readonly reason: string } & EndBand)
  | {
      /** `constant`: the whole range, as far as the noise allows it, lies within the resolution. `unmoved`: no movement is told from the noise, but there may be some. */
      readonly status: 'constant' | 'unmoved';
      /** Largest difference between any two places of the smoothed curve. */
      readonly range: Estimate;
      readonly resolution: number;
    };

/** The end of a curve, and what counts as near it. */
export interface EndBand {
  readonly endValue: number;
  /** Half-width of the band around it. */
  readonly band: number;
  /** Largest distance of the smoothed curve from the end. */
  readonly furthest: number;
}

/** What a curve does, or why that cannot be said. */
export type CurveDescription =
  | {
      readonly described: true;
      readonly alpha: number;
      /** Measurements with a value, and those without, which are left out. */
      readonly measurements: number;
      readonly dropped: number;
      /** In order, each beginning where the one before ends. */
      readonly stretches: readonly Stretch[];
      readonly turningPoints: readonly TurningPoint[];
      readonly stabilization: CurveStabilization;
      readonly noise: CurveNoise;
    }
  | { readonly described: false; readonly reason: string; readonly dropped: number };

/** The jitter of a single measurement, typical of the whole series. */
export interface CurveNoise {
  readonly sd: number;
  /** Correlation of neighboring measurements' jitter, 0 to 0.85; what remembers longer is movement. */
  readonly memory: number;
}
