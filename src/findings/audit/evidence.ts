import type { Finding } from '../finding.ts';

/** What a figure of an audit shows: tidy data, drawn elsewhere. */
export type Evidence = {
  /** What it shows, in one line. */
  readonly title: string;
  /** How to read it, in words: also its description for readers who cannot see it. */
  readonly caption: string;
} & (EventTimes | Estimates | Thresholds | GapCurve | LoggedRecovered);

/** When events fall, on one or several axes. */
export interface EventTimes {
  readonly kind: 'event-times';
  readonly panels: readonly {
    readonly label: string;
    /** 0 to `length`. */
    readonly times: readonly number[];
    readonly length: number;
  }[];
  /** Position on the axis that a claim speaks of; drawn as a line. */
  readonly boundary: number;
}

/** Estimates with their intervals, beside what was claimed and what chance would give. */
export interface Estimates {
  readonly kind: 'estimates';
  readonly axis: string;
  readonly rows: readonly {
    readonly label: string;
    readonly value: number;
    readonly interval: readonly [number, number] | null;
    /** Shown beside the row, e.g. `17 in 162 layers`. */
    readonly note: string;
  }[];
  readonly claimed: number | null;
  /** What the null model gives. */
  readonly expected: number | null;
}

/** One value per run beside the least value that is beyond chance in that run. */
export interface Thresholds {
  readonly kind: 'thresholds';
  readonly axis: string;
  readonly rows: readonly {
    readonly label: string;
    readonly value: number;
    /** Null where no value would be beyond chance. */
    readonly threshold: number | null;
  }[];
}

/** The gap statistic over numbers of clusters. */
export interface GapCurve {
  readonly kind: 'gap-curve';
  readonly curve: readonly {
    readonly clusters: number;
    readonly gap: number;
    readonly standardError: number;
  }[];
  readonly chosen: number;
  readonly claimed: number;
}

/** A logged metric beside the same metric recovered from other logged values, for the layers of one run. */
export interface LoggedRecovered {
  readonly kind: 'logged-recovered';
  readonly logged: string;
  readonly recovered: string;
  readonly steps: Float64Array;
  readonly layers: readonly {
    readonly name: string;
    readonly logged: Float64Array;
    readonly recovered: Float64Array;
  }[];
}

/** What looking into one claim brought to light, before it is judged together with the others. */
export type Assessment = {
  /** What was computed, in words. */
  readonly statistic: string;
  /** The values of the effect for which the claim holds. */
  readonly claimed: Region;
  /** Ids of the runs that bear on the claim. */
  readonly runs: readonly string[];
  /** Sentences on what else the data say, and what they cannot say. */
  readonly notes: readonly string[];
  readonly evidence?: Evidence;
  /** The same effect by the rule that the claim was made with, on the same series and true steps. */
  readonly ownRule?: OwnRule;
} & (Tested | Untestable);

export interface OwnRule {
  /** Name of the detector. */
  readonly detector: string;
  readonly effect: TestedEffect;
}

export type Effect = NonNullable<Finding['effect']>;
export type TestedEffect = Effect & { readonly interval: readonly [number, number] };

/** The values of an effect for which a claim holds; ends may be infinite. */
export interface Region {
  readonly low: number;
  readonly high: number;
}

export interface Tested {
  readonly testable: true;
  readonly effect: TestedEffect;
  readonly null: {
    readonly model: string;
    readonly pValue: number;
    /** The effect that the model gives. */
    readonly expected: number;
  };
  /** Whether the claim says that something is beyond chance, or that nothing is. */
  readonly asserts: 'difference' | 'absence';
  /** Set where the effect is no more than a necessary consequence of the claim: what proof would need. */
  readonly wouldProve?: string;
}

export interface Untestable {
  readonly testable: false;
  readonly reason: string;
  /** What data would make the claim testable. */
  readonly needed: string;
  /** What could be computed all the same. */
  readonly effect?: Effect;
}
