/** What an analysis concludes about a claim. */
export type Verdict = 'supported' | 'refuted' | 'not distinguishable from null' | 'not testable';

/** A claim, the evidence for or against it, and a verdict that follows from the evidence. */
export interface Finding {
  readonly id: string;
  /** The claim in one sentence. */
  readonly claim: string;
  /** What was computed to test it, in words. */
  readonly statistic: string;
  /** Effect size with its interval, at the level of the audit; null where nothing could be computed. */
  readonly effect: {
    readonly value: number;
    readonly interval: readonly [number, number] | null;
    readonly unit: string;
  } | null;
  /** What the effect was held against. */
  readonly null: {
    readonly model: string;
    readonly pValue: number | null;
    /** Adjusted over all claims that were tested together. */
    readonly adjustedPValue: number | null;
  } | null;
  /** Ids of the runs that bear on the claim. */
  readonly runs: readonly string[];
  /** Names of the data checks that bear on it. */
  readonly checks: readonly string[];
  readonly verdict: Verdict;
  /** Why the verdict follows, or what would be needed to reach one. */
  readonly reason: string;
  /**
   * The rule without error control that alone refutes the claim, where the calibrated test leaves it open; absent where that test
   * decided.
   */
  readonly uncalibratedRule?: string;
  /** Path of the figure that shows it, within the report. */
  readonly figure?: string;
}
