import type { CurveNoise, Stretch, TurningPoint } from '../types.ts';
import type { OverSeeds } from './over-seeds.ts';

/** A stretch of the mean of several seeds, and what the seeds make of it. */
export interface SeedStretch extends Stretch {
  /** Seeds that show it by themselves: that moved in its direction beyond their own jitter. null for a level. */
  readonly showing: number | null;
  /** Amplitudes of the seeds, of those that go in its direction; null where none does. */
  readonly amplitudes: OverSeeds | null;
  /** When the seeds start it, are half-way, and end it, in training steps; null for level and wander. */
  readonly timing: { readonly start: OverSeeds; readonly half: OverSeeds; readonly end: OverSeeds } | null;
}

/** A turning point of the mean, and where the seeds turn. */
export interface SeedTurningPoint extends TurningPoint {
  readonly places: OverSeeds | null;
}

/** The mean of the seeds at every common step. */
export interface MeanCurve {
  readonly steps: Float64Array;
  readonly mean: Float64Array;
  /** 95 % band of the mean over seeds like these, place by place (Student). */
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** What runs that differ in the seed alone do, or why that cannot be said. */
export type SeedsDescription =
  | {
      readonly described: true;
      readonly alpha: number;
      readonly seeds: number;
      /** Steps at which all runs have a value, and those that were left out. */
      readonly measurements: number;
      readonly dropped: number;
      readonly curve: MeanCurve;
      readonly stretches: readonly SeedStretch[];
      readonly turningPoints: readonly SeedTurningPoint[];
      /** Of the mean. */
      readonly noise: CurveNoise;
    }
  | { readonly described: false; readonly reason: string; readonly dropped: number };
