import type { Centering, Spectrum } from '../spectra/types.ts';

/** What the layers of the networks that are known here compute. */
export const layerKinds = [
  'linear',
  'convolution',
  'embedding',
  'attention-head',
  'attention-output',
  'feed-forward-in',
  'feed-forward-out',
  'input-projection',
  'classifier',
  'unknown',
] as const;
/**
 * What a layer computes: one of `layerKinds`, or of another network in its own words. Comes from the network's
 * definition, never from the layer's name.
 */
export type LayerKind = (typeof layerKinds)[number] | (string & {});

export const networkFamilies = ['mlp', 'cnn', 'transformer', 'unknown'] as const;
/** One of `networkFamilies`, or another in its own words. */
export type NetworkFamily = (typeof networkFamilies)[number] | (string & {});

/** One measured layer of a run. */
export interface Layer {
  /** The layer's name as its framework gives it, e.g. `network.0`. A label only. */
  readonly name: string;
  readonly kind: LayerKind;
  /** Position in the network's order, from 0 at the input. */
  readonly depth: number;
  /** P, rows of the measured matrix; null where the log does not say. */
  readonly samples: number | null;
  /** Q, columns of the measured matrix; null where the log does not say. */
  readonly features: number | null;
  /** How activations became a matrix, e.g. `batch × units`, `batch × channel means`; null where unknown. */
  readonly pooling: string | null;
  /** The measured series by series id (see `seriesId`), each as long as the run's `steps`. */
  readonly series: ReadonlyMap<string, MetricSeries>;
  /** Logged spectra, one per measurement; null where the log holds none. */
  readonly spectra: LayerSpectra | null;
}

/** The logged spectra of one layer over the run, of column-centered and of raw activations. */
export interface LayerSpectra {
  /** Singular values at each measurement, descending; empty where a measurement has none. Null if not logged. */
  readonly centered: Float64Array[] | null;
  readonly raw: Float64Array[] | null;
  /** The same with all that a metric needs (see `spectrumAt`); absent where only singular values are known. */
  readonly complete?: {
    readonly centered: readonly (Spectrum | null)[] | null;
    readonly raw: readonly (Spectrum | null)[] | null;
  };
}

/** One metric of one layer over the run. */
export interface MetricSeries {
  /** Metric name, e.g. `stable_rank`, `participation_ratio`, `rank_90`. */
  readonly metric: string;
  readonly centering: Centering | null;
  /**
   * `measured` by us from a spectrum; `logged` as somebody's log has it; `recovered` from other logged values; `derived`
   * from logged spectra, in no log itself.
   */
  readonly origin: 'measured' | 'logged' | 'recovered' | 'derived';
  /** NaN exactly where the metric was not determined. */
  readonly values: Float64Array;
  /** Why values are missing: one entry per undetermined measurement. */
  readonly undetermined: readonly { readonly index: number; readonly reason: string }[];
}

/**
 * Quantities measured at an interval of their own, coarser than that of the layers: what is too slow, or too slowly
 * changing, to be measured with every layer.
 */
export interface Track {
  /** What they are, e.g. `weights`, `gradient-noise`, `sharpness`; unique in the run. */
  readonly id: string;
  /** True training steps of the measurements, strictly increasing. */
  readonly steps: Float64Array;
  /** What is measured: each weight matrix, say, or the network as a whole. */
  readonly subjects: readonly TrackSubject[];
}

export interface TrackSubject {
  /** Unique in the track: the parameter's name for a weight matrix, `network` for the whole. */
  readonly name: string;
  /** Of a matrix; null for what is none. */
  readonly rows: number | null;
  readonly columns: number | null;
  /** By metric name, each as long as the track's `steps`. */
  readonly series: ReadonlyMap<string, MetricSeries>;
  /** At each measurement, descending, empty where there are none; null if the track does not log them. */
  readonly singularValues: readonly Float64Array[] | null;
}

/** Something that was done to a run, or that its owner knows to have happened. */
export interface RunEvent {
  /** The first training step that is taken under it. */
  readonly step: number;
  /** What happened, in a few words. */
  readonly name: string;
}

/** An accuracy measured on held-out examples. */
export interface Evaluation {
  readonly step: number;
  /** Share of correct answers, 0 to 1. */
  readonly accuracy: number;
  /** Examples evaluated; null where the log does not say. */
  readonly examples: number | null;
  /** Mean loss on the same examples, in the unit of the training loss; absent where the log does not say. */
  readonly loss?: number;
  /** Accuracy on the examples of each class; null for a class without examples. */
  readonly perClass?: readonly (number | null)[];
}

/** The examples on which every measurement of a run was taken. */
export interface ProbeBatch {
  /** Positions of the examples in their data set. */
  readonly examples: readonly number[];
  /** SHA-256 of the examples' inputs, 64 hexadecimal digits; null where it was not taken. */
  readonly sha256: string | null;
}

/** One training run with everything that was measured in it. */
export interface Run {
  /** Unique in the study; also its file name: letters, digits, `_`, `-`, `.`. */
  readonly id: string;
  readonly architecture: string;
  readonly family: NetworkFamily;
  readonly dataset: string;
  /** Number of classes; null where the log does not say. */
  readonly classes: number | null;
  /** null where the log does not record it. */
  readonly seed: number | null;
  readonly hyperparameters: Readonly<Record<string, string | number | boolean>>;
  readonly parameterCount: number | null;
  /** Training steps the run was planned for. */
  readonly plannedSteps: number;
  /** Null or absent where the log does not say. */
  readonly probe?: ProbeBatch | null;
  /** Layers in network order. */
  readonly layers: readonly Layer[];
  /** True training steps of the measurements, strictly increasing. */
  readonly steps: Float64Array;
  /** Training loss at each measurement. */
  readonly loss: Float64Array;
  /** L2 norm of the gradient at each measurement; NaN where not logged. */
  readonly gradientNorm: Float64Array;
  readonly evaluations: readonly Evaluation[];
  /** By step; absent where the log has none. */
  readonly events?: readonly RunEvent[];
  /** Absent where the log has none. */
  readonly tracks?: readonly Track[];
  /** Whether the run reached its planned end; a killed run is readable and says false. */
  readonly complete: boolean;
  /** Why the run stopped early, if it says so (e.g. the loss became NaN). */
  readonly stopped: string | null;
  /** How many records its log says to have lost, having been repaired; absent for none. */
  readonly lostRecords?: number;
}

/** What the end of a log says of everything before it. */
export interface LogDigest {
  /** Records before the end record, the header among them. */
  readonly records: number;
  /** SHA-256 of all bytes before the end record, 64 hexadecimal digits. */
  readonly sha256: string;
}

/**
 * How a study's runs came about: trained by rankscope, recorded in somebody's training loop, imported from logs of
 * another program, or probed, measured afterwards on saved weights.
 */
export const studyOrigins = ['trained', 'recorded', 'imported', 'probed'] as const;

/** What a study says of itself. Wall-clock facts live here only, never in a log. */
export interface StudyManifest {
  /** Of the file that it was read from; 2 is written. */
  readonly schemaVersion: 1 | 2;
  readonly tool: { readonly name: string; readonly version: string };
  readonly title: string;
  readonly origin: (typeof studyOrigins)[number];
  /** What imported logs or probed weights came from (format name), or null. */
  readonly source: string | null;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly machine: Readonly<Record<string, string | number>>;
  /** Run ids in study order. */
  readonly runs: readonly string[];
  /** By run id, the logs that have ended; absent in version 1. */
  readonly logs?: Readonly<Record<string, LogDigest>>;
  /** What a reader must know of how the study came about, e.g. that it was repaired, and what was lost. */
  readonly notes?: readonly string[];
}

/** Identifies a metric series in logs and tables: the metric, with `.raw` if uncentered or `.logged` if as logged. */
export function seriesId(metric: string, variant: 'centered' | 'raw' | 'logged'): string {
  return variant === 'centered' ? metric : `${metric}.${variant}`;
}
