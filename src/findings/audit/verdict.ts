import type { Verdict } from '../finding.ts';
import type { Region } from './evidence.ts';

export interface Judgement {
  readonly verdict: Verdict;
  /** Why, in half a sentence. */
  readonly because: string;
}

/** What a verdict depends on, and nothing else. */
export interface Judged {
  /** Of the effect. */
  readonly interval: readonly [number, number];
  /** The effects for which the claim holds. */
  readonly claimed: Region;
  /** Of the null model, adjusted for all claims tested together. */
  readonly adjustedPValue: number;
  readonly alpha: number;
  /** Whether the claim says that something is beyond chance, or that nothing is. */
  readonly asserts: 'difference' | 'absence';
  /** Set where the effect is only a necessary consequence of the claim. */
  readonly wouldProve?: string;
}

/**
 * The rule by which evidence becomes a verdict.
 *
 * | the claim says | refuted | supported | not distinguishable from null |
 * |---|---|---|---|
 * | something is beyond chance | interval and claimed values have nothing in common | they have, and the null model is rejected | they have, and it is not |
 * | nothing is | they have nothing in common, and the null model is rejected | the interval lies within the claimed values | neither |
 *
 * An effect that is only a necessary consequence of the claim can refute it, and otherwise leaves it `not testable`:
 * a consequence that holds, or cannot be told from chance, is no proof.
 */
export function judge(judged: Judged): Judgement {
  const { interval, claimed, adjustedPValue, alpha, asserts, wouldProve } = judged;
  const apart = interval[1] < claimed.low || interval[0] > claimed.high;
  const within = interval[0] >= claimed.low && interval[1] <= claimed.high;
  const rejected = adjustedPValue <= alpha;
  if (apart && (asserts === 'difference' || rejected)) {
    return { verdict: 'refuted', because: 'the interval excludes what is claimed' };
  }
  if (wouldProve !== undefined) {
    const because = `what was measured would follow from the claim but does not prove it; needed: ${wouldProve}`;
    return { verdict: 'not testable', because };
  }
  if (asserts === 'absence') {
    return within
      ? { verdict: 'supported', because: 'the interval lies within what is claimed' }
      : {
          verdict: 'not distinguishable from null',
          because: 'the interval holds both what is claimed and more',
        };
  }
  return rejected
    ? {
        verdict: 'supported',
        because: 'the interval agrees with what is claimed, and chance is ruled out',
      }
    : { verdict: 'not distinguishable from null', because: 'chance gives as much' };
}
