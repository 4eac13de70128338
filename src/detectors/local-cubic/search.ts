import type { NoiseModel } from './noise-model.ts';
import type { QuietNoise } from './quiet-noise.ts';

/** What the search needs to know of a series. */
export interface Search {
  readonly noise: NoiseModel;
  /** Statistics up to this are no peak. */
  readonly threshold: number;
  readonly noiseFloor: number;
  readonly positions: Float64Array | undefined;
  /** Spacing of the grid that the values were rounded to. */
  readonly spacing: number;
  readonly quiet: QuietNoise;
}
