import type { Run } from '../../measurements/types.ts';
import type { Points } from '../../numerics/points.ts';

/** What is checked: the runs, and what somebody computed or claims of them. */
export interface Facts extends ClaimedTables {
  readonly runs: readonly Run[];
}

/** What a study's analysis states beside its logs. Each table is optional: a check without its table finds nothing. */
export interface ClaimedTables {
  /** Ids of the series that findings rest on; absent where that is not known. */
  readonly analyzedSeries?: readonly string[];
  readonly events?: readonly EventTable[];
  readonly eventCounts?: readonly EventCount[];
  readonly statistics?: readonly Statistic[];
  readonly shares?: readonly Share[];
  readonly tallies?: readonly Tally[];
  readonly comparisons?: readonly Comparison[];
  readonly clusterings?: readonly ClaimedClustering[];
  readonly datasetRelations?: readonly DatasetRelation[];
  readonly checkpoints?: readonly Checkpoint[];
  readonly layerLabels?: readonly LayerLabel[];
}

/** Events that are said to lie at training steps. */
export interface EventTable {
  readonly name: string;
  readonly run: string | null;
  readonly steps: ArrayLike<number>;
  /** Training steps of the run. */
  readonly runLength: number;
  /** Measurements taken in the run. */
  readonly measurements: number;
  /** The steps at which something was measured, if known. */
  readonly measuredSteps?: ArrayLike<number>;
}

/** How often increments of a series exceeded a threshold. */
export interface EventCount {
  readonly name: string;
  readonly run: string | null;
  readonly count: number;
  /** Increments looked at, at least `count`. */
  readonly opportunities: number;
  /** In standard deviations of the increments, to both sides; null for a rule that has none. */
  readonly threshold: number | null;
  /** The series themselves, and the rule, from which surrogates can be judged. */
  readonly series?: readonly Float64Array[];
  readonly countEvents?: (values: Float64Array) => number;
}

/** A mean, correlation or the like, with what it was computed from. */
export interface Statistic {
  readonly name: string;
  readonly run: string | null;
  readonly value: number | null;
  readonly inputs: readonly { readonly name: string; readonly values: ArrayLike<number> }[];
}

/** A share of occasions on which something held, e.g. jumps at which the loss fell. */
export interface Share {
  readonly name: string;
  readonly run: string | null;
  readonly hits: number;
  /** Occasions; count those once that are not independent (layers of one run at one step). */
  readonly trials: number;
  /** The same share over all occasions, whether or not the event happened; null where none was given. */
  readonly base: { readonly hits: number; readonly trials: number } | null;
}

/** A total broken down into categories. */
export interface Tally {
  readonly name: string;
  readonly total: number;
  readonly categories: readonly { readonly name: string; readonly value: number }[];
  /** Unit of the last digit given, e.g. 0.001 for shares to 0.1 %; 0, the default, for exact counts. */
  readonly resolution?: number;
}

/** Counts of groups set against each other. */
export interface Comparison {
  readonly name: string;
  /** Of the exposure, e.g. `layer steps`, `runs`. */
  readonly unit: string;
  readonly comparedBy: 'count' | 'rate';
  readonly groups: readonly {
    readonly name: string;
    readonly count: number;
    /** How much each group was looked at; null where not stated. */
    readonly exposure: number | null;
  }[];
}

/** Points that are said to fall into clusters. */
export interface ClaimedClustering {
  readonly name: string;
  readonly points: Points;
  /** Cluster of each point, 0 … k−1. */
  readonly labels: ArrayLike<number>;
}

/** Two data sets of which one tells about the other. */
export interface DatasetRelation {
  readonly datasets: readonly [string, string];
  /** How they are related, as in `A shares its examples with B`. */
  readonly relation: string;
}

/** Named tensors that are said to be the weights of a run. */
export interface Checkpoint {
  readonly name: string;
  readonly run: string;
  readonly tensors: readonly { readonly name: string; readonly shape: readonly number[] }[];
  /** Shapes by tensor name that the run's architecture has, if known. */
  readonly expectedShapes?: ReadonlyMap<string, readonly number[]>;
}

/** What somebody says that a layer is. */
export interface LayerLabel {
  /** null for every run that has such a layer. */
  readonly run: string | null;
  readonly layer: string;
  readonly label: string;
}

/**
 * Runs as evidence, with whatever tables are at hand.
 *
 * @example
 * runDataChecks(factsOf(readStudy('my-study').runs));
 */
export function factsOf(runs: readonly Run[], tables: ClaimedTables = {}): Facts {
  return { ...tables, runs };
}
