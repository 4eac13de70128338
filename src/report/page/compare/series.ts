import type { CurveMarks } from '../../embedded-run.ts';

/** A run of the page with its series. */
export interface LoadedRun {
  /** Its place in the study. */
  readonly index: number;
  readonly steps: Float32Array;
  readonly loss: Float32Array;
  /** In network order. */
  readonly layers: readonly {
    readonly name: string;
    readonly marks: CurveMarks | null;
    readonly series: ReadonlyMap<string, Float32Array>;
  }[];
}

/** One series of one run. */
export interface RunSeries {
  readonly run: number;
  /** Name of the layer; null of what runs have as a whole. */
  readonly layer: string | null;
  readonly steps: Float32Array;
  readonly values: Float32Array;
  readonly marks: CurveMarks | null;
}
