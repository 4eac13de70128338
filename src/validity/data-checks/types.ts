import type { Run } from '../../measurements/types.ts';
import type { Random } from '../../numerics/random.ts';
import type { Facts } from './facts.ts';

/** How much a fault matters: `error` where numbers contradict each other, `warning` where they say less than they seem to. */
export type Severity = 'info' | 'warning' | 'error';

/** One fault, in however many places it was found. */
export interface DataCheckResult {
  /** Name of the check. */
  readonly check: string;
  readonly severity: Severity;
  /** The run, layer and series concerned; null where there are several or none. */
  readonly run: string | null;
  readonly layer: string | null;
  readonly series: string | null;
  /** One sentence or two, with the value found and the threshold. */
  readonly message: string;
  /** The number that was held against the threshold; null where the rule compares no numbers. */
  readonly value: number | null;
  /** Ids of all runs concerned; empty where a table is at fault and no run. */
  readonly runs: readonly string[];
  /** Places with the fault, and places that were looked at. */
  readonly count: number;
  readonly of: number;
}

/** Interchangeable checks of data before anything is concluded from them. None knows any particular study. */
export interface DataCheck {
  readonly name: string;
  /** What is asked of the data, as a question; the fault is the answer `yes`. */
  readonly question: string;
  /** Why it matters. */
  readonly reason: string;
  /** What counts as a fault. */
  readonly threshold: string | number;
  /** The faults found; none for clean data, and none where the evidence does not bear on the question. */
  check(facts: Facts, rng: Random): DataCheckResult[];
}

/** A check that looks at what was measured in every run, whose runs are looked at one by one. */
export interface MeasuredCheck extends DataCheck {
  /** Begins to look at the runs of a study, of which the facts tell everything else. */
  begin(facts: Omit<Facts, 'runs'>): MeasuredLook;
}

export interface MeasuredLook {
  /** To be called of every run once, in their order. */
  see(run: Run): void;
  /** The faults in all runs seen. */
  found(): DataCheckResult[];
}
