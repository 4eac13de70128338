import { describe, expect, it } from 'vitest';
import { type Judged, judge } from '../../../src/findings/audit/verdict.ts';

const claimed = { low: 0.8, high: 1 };
const tested = {
  value: 0.85,
  expected: 0.1,
  interval: [0.7, 0.9] as const,
  adjustedPValue: 0.01,
  asserts: 'difference',
  consequence: false,
} as const;
const judged = (changes: Partial<NonNullable<Judged['tested']>>, own: Judged['ownRuleInterval'] = null) =>
  judge({ claimed, alpha: 0.05, tested: { ...tested, ...changes }, ownRuleInterval: own });

describe('the verdict on a claim', () => {
  // Interval against the claimed 0.8 to 1: below it, across its end, within it, above it.
  const intervals = {
    below: [0.1, 0.7],
    across: [0.7, 0.9],
    within: [0.85, 0.95],
    above: [1.1, 1.2],
  } as const;
  const expected = {
    'difference, null rejected': {
      below: 'refuted',
      across: 'supported',
      within: 'supported',
      above: 'refuted',
    },
    'difference, null not rejected': {
      below: 'refuted',
      across: 'not distinguishable from null',
      within: 'not distinguishable from null',
      above: 'refuted',
    },
    'absence, null rejected': {
      below: 'refuted',
      across: 'not distinguishable from null',
      within: 'supported',
      above: 'refuted',
    },
    'absence, null not rejected': {
      below: 'not distinguishable from null',
      across: 'not distinguishable from null',
      within: 'supported',
      above: 'not distinguishable from null',
    },
  } as const;

  for (const [situation, verdicts] of Object.entries(expected)) {
    for (const [where, verdict] of Object.entries(verdicts)) {
      const asserts = situation.startsWith('absence') ? 'absence' : 'difference';
      const adjustedPValue = situation.includes('not rejected') ? 0.2 : 0.01;
      const interval = intervals[where as keyof typeof intervals];
      it(`is ${verdict} for a claim of ${situation}, interval ${where}`, () => {
        expect(judged({ interval, asserts, adjustedPValue })).toEqual({ verdict, by: 'tested' });
      });
      it(`is ${verdict === 'refuted' ? 'refuted' : 'not testable'} if that is only a consequence (${situation}, ${where})`, () => {
        expect(judged({ interval, asserts, adjustedPValue, consequence: true })).toEqual({
          verdict: verdict === 'refuted' ? 'refuted' : 'not testable',
          by: 'tested',
        });
      });
    }
  }

  it('counts a p-value of exactly alpha as rejection, and touching ends as agreement', () => {
    expect(judged({ adjustedPValue: 0.05 }).verdict).toBe('supported');
    expect(judged({ interval: [0.5, 0.8] }).verdict).toBe('supported');
    expect(judged({ interval: [1, 1.5] }).verdict).toBe('supported');
  });

  it('needs the null model rejected in the direction of the claim', () => {
    const ratio = { low: 1, high: Number.POSITIVE_INFINITY };
    const above = { ...tested, value: 1.4, expected: 1, interval: [0.9, 2] } as const;
    const below = { ...tested, value: 0.7, expected: 1, interval: [0.4, 1.1] } as const;
    const verdictOn = (evidence: typeof above | typeof below, region = ratio) =>
      judge({ claimed: region, alpha: 0.05, tested: evidence, ownRuleInterval: null }).verdict;
    expect(verdictOn(above)).toBe('supported');
    expect(verdictOn(below)).toBe('not distinguishable from null');
    expect(verdictOn(below, { low: 0.5, high: 0.5 })).toBe('supported');
    expect(verdictOn(above, { low: 0.95, high: 0.95 })).toBe('not distinguishable from null');
    expect(verdictOn(above, { low: 1, high: 1 })).toBe('not distinguishable from null');
  });

  it('is not testable where nothing could be tested', () => {
    expect(judge({ claimed, alpha: 0.05, tested: null, ownRuleInterval: null })).toEqual({
      verdict: 'not testable',
      by: 'tested',
    });
  });

  describe('by the rule that the claim was made with', () => {
    it('refutes what is open otherwise, if its interval excludes the claim', () => {
      const refuted = { verdict: 'refuted', by: 'own rule' };
      expect(judge({ claimed, alpha: 0.05, tested: null, ownRuleInterval: [0.1, 0.3] })).toEqual(refuted);
      expect(judged({ adjustedPValue: 0.5 }, [0.1, 0.3])).toEqual(refuted);
      expect(judged({ consequence: true }, [0.1, 0.3])).toEqual(refuted);
    });

    it('never supports a claim', () => {
      expect(judge({ claimed, alpha: 0.05, tested: null, ownRuleInterval: [0.85, 0.95] }).verdict).toBe(
        'not testable',
      );
      expect(judged({ adjustedPValue: 0.5 }, [0.85, 0.95]).verdict).toBe('not distinguishable from null');
    });

    it('does not overrule a verdict with error control', () => {
      expect(judged({}, [0.1, 0.3])).toEqual({ verdict: 'supported', by: 'tested' });
      expect(judged({ interval: [0.1, 0.2] }, [0.85, 0.95])).toEqual({ verdict: 'refuted', by: 'tested' });
    });
  });
});
