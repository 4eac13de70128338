import type { Verdict } from '../finding.ts';
import type { Region } from './evidence.ts';

/** What a verdict depends on, and nothing else. */
export interface Judged {
  /** The effects for which the claim holds. */
  readonly claimed: Region;
  readonly alpha: number;
  /** The effect against its null model; null where it could not be tested. */
  readonly tested: {
    readonly value: number;
    readonly interval: readonly [number, number];
    /** The effect that the null model gives. */
    readonly expected: number;
    /** Of the null model, adjusted for all claims tested together. */
    readonly adjustedPValue: number;
    /** Whether the claim says that something is beyond chance, or that nothing is. */
    readonly asserts: 'difference' | 'absence';
    /** Whether the effect is only a necessary consequence of the claim. */
    readonly consequence: boolean;
  } | null;
  /** The effect's interval by the rule that the claim was made with; null where there is none. */
  readonly ownRuleInterval: readonly [number, number] | null;
}

export interface Judgement {
  readonly verdict: Verdict;
  /** Which of the two decided. */
  readonly by: 'tested' | 'own rule';
}

/**
 * The rule by which evidence becomes a verdict.
 *
 * | the claim says | refuted | supported | not distinguishable from null |
 * |---|---|---|---|
 * | something is beyond chance | interval and claimed values have nothing in common | they have, and the null model is rejected in the direction of the claim | they have, and it is not |
 * | nothing is | they have nothing in common, and the null model is rejected | the interval lies within the claimed values | neither |
 *
 * An effect that is only a necessary consequence of the claim can refute it, and otherwise leaves it not testable: a
 * consequence that holds, or cannot be told from chance, proves nothing. What could not be tested is not testable.
 *
 * Where that leaves a claim open (not testable, or not distinguishable), the rule it was made with may still refute it: a
 * claim about events must hold of its own events, once they are counted in a sound series on true steps. It can never
 * support it, since a rule without error control finds events in anything.
 */
export function judge({ claimed, alpha, tested, ownRuleInterval }: Judged): Judgement {
  const verdict = judgeTested(claimed, alpha, tested);
  const open = verdict === 'not testable' || verdict === 'not distinguishable from null';
  return open && ownRuleInterval !== null && apart(ownRuleInterval, claimed)
    ? { verdict: 'refuted', by: 'own rule' }
    : { verdict, by: 'tested' };
}

function judgeTested(claimed: Region, alpha: number, tested: Judged['tested']): Verdict {
  if (tested === null) return 'not testable';
  const { value, interval, expected, adjustedPValue, asserts, consequence } = tested;
  const rejected = adjustedPValue <= alpha;
  if (apart(interval, claimed) && (asserts === 'difference' || rejected)) return 'refuted';
  if (consequence) return 'not testable';
  const holds =
    asserts === 'absence'
      ? interval[0] >= claimed.low && interval[1] <= claimed.high
      : rejected && towards(value, expected, claimed);
  return holds ? 'supported' : 'not distinguishable from null';
}

/** Whether the effect lies on the claimed side of what the null model gives; within the claim, where that gives as much. */
function towards(value: number, expected: number, { low, high }: Region): boolean {
  if (expected < low) return value > expected;
  if (expected > high) return value < expected;
  return value >= low && value <= high;
}

function apart(interval: readonly [number, number], { low, high }: Region): boolean {
  return interval[1] < low || interval[0] > high;
}
