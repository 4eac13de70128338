import type { SeedsDescription } from '../../dynamics/stretches/seeds/types.ts';
import type { CurveDescription } from '../../dynamics/stretches/types.ts';

/** What is compared of two groups of runs. */
export type ComparedKind =
  | 'accuracy'
  | 'held-out loss'
  | 'training loss'
  | 'jump rate'
  | 'final value'
  | 'amplitude'
  | 'half-way step';

/**
 * What a comparison says of one number.
 *
 * - `same`: equal in every run, to the last digit;
 * - `differs`: also when all that was compared is looked at together, at the false discovery rate;
 * - `differs by itself`: its own p-value is as small, but among so many one such is expected by chance;
 * - `not told apart`: no difference is shown; how large one may be says the interval;
 * - `not tested`: for the reason given.
 */
export type ComparisonVerdict = 'same' | 'differs' | 'differs by itself' | 'not told apart' | 'not tested';

/** The number of one side, run by run. */
export interface SideValues {
  /** In the order of the runs; null where a run has none. */
  readonly perRun: readonly (number | null)[];
  /** Of ratios the geometric mean; null where no run has a number. */
  readonly mean: number | null;
}

/** One number of two groups of runs, and whether it differs. */
export interface ComparedQuantity {
  readonly kind: ComparedKind;
  /** null where it is of whole runs. */
  readonly layer: string | null;
  /** Which rise or fall, e.g. `fall 1`; null where it is none's. */
  readonly stretch: string | null;
  readonly a: SideValues;
  readonly b: SideValues;
  /** Whether the effect is B − A or B / A. */
  readonly scale: 'difference' | 'ratio';
  readonly effect: number | null;
  /** Of the effect, at 1 − the false discovery rate, for itself alone. */
  readonly interval: readonly [number, number] | null;
  readonly pValue: number | null;
  /** Adjusted for all that was compared (Benjamini and Hochberg); `differs` where at most the false discovery rate. */
  readonly adjusted: number | null;
  readonly verdict: ComparisonVerdict;
  /** Why it was not tested. */
  readonly reason: string | null;
}

/** A setting that the two groups do not share. */
export interface ComparedSetting {
  readonly name: string;
  readonly a: string;
  readonly b: string;
}

/** What a layer does on one side: over seeds, or in a single run. */
export type LayerDescription = SeedsDescription | CurveDescription;

/** What is drawn of a layer on one side: the mean over seeds with its 95 % band, or a single run. */
export interface SideCurve {
  readonly steps: Float64Array;
  readonly values: Float64Array;
  readonly band?: { readonly low: Float64Array; readonly high: Float64Array };
}

export interface ComparedLayer {
  readonly layer: string;
  readonly curves: { readonly a: SideCurve; readonly b: SideCurve };
  readonly a: LayerDescription;
  readonly b: LayerDescription;
  /** What either does, in words. */
  readonly said: { readonly a: string; readonly b: string };
  /** Rises and falls without a counterpart on the other side; no test of their own. */
  readonly onlyIn: { readonly a: readonly string[]; readonly b: readonly string[] };
}

/** Two groups of runs that are held against each other. */
export interface ComparedPair {
  readonly title: string;
  readonly runs: { readonly a: readonly string[]; readonly b: readonly string[] };
  readonly settings: readonly ComparedSetting[];
  readonly quantities: readonly ComparedQuantity[];
  /** Layers that both have, in network order. */
  readonly layers: readonly ComparedLayer[];
  readonly layersOnlyIn: { readonly a: readonly string[]; readonly b: readonly string[] };
}

/** Two studies, or two groups of runs of one, side by side. */
export interface StudyComparison {
  readonly titles: { readonly a: string; readonly b: string };
  readonly seriesId: string;
  /** False discovery rate over all that was tested. */
  readonly rate: number;
  readonly pairs: readonly ComparedPair[];
  /** Networks and conditions without a counterpart on the other side. */
  readonly onlyIn: { readonly a: readonly string[]; readonly b: readonly string[] };
  readonly tested: number;
  /** How many of them differ. */
  readonly differing: number;
  /** How many would at this rate by themselves. */
  readonly differingAlone: number;
  /** Whether everything is equal to the last digit. */
  readonly same: boolean;
}
