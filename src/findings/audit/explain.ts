import { pInWords } from '../../wording/numbers.ts';
import { brief } from '../../wording/sentences.ts';
import type { Verdict } from '../finding.ts';
import type { Assessment, Region, TestedEffect } from './evidence.ts';
import type { Judgement } from './verdict.ts';

const BECAUSE: Readonly<Record<Exclude<Verdict, 'not testable'>, Record<'difference' | 'absence', string>>> =
  {
    refuted: {
      difference: 'the interval excludes what is claimed',
      absence: 'the interval excludes what is claimed, and the null model is rejected',
    },
    supported: {
      difference: 'the interval agrees with what is claimed, and the null model is rejected',
      absence: 'the interval lies within what is claimed',
    },
    'not distinguishable from null': {
      difference: 'the null model gives as much',
      absence: 'the interval holds both what is claimed and more',
    },
  };

/** Why a verdict follows, and what else is known, in sentences. */
export function explain(
  assessment: Assessment,
  adjustedPValue: number | null,
  { verdict, by }: Judgement,
): string {
  const { ownRule, claimed, notes } = assessment;
  const said = verdict === 'not testable' ? missing(assessment) : BECAUSE[verdict][assertionOf(assessment)];
  if (by === 'tested' || ownRule === undefined) return [sentence(said), ...notes].join(' ');
  const open = assessment.testable
    ? `With error control it stays open: ${inWords(assessment.effect)}, adjusted ${adjustedPValue === null ? 'p not determined' : pInWords(adjustedPValue)}.`
    : `With error control it is not testable: ${missing(assessment)}.`;
  return [
    `By the rule it was made with (${ownRule.detector}), on the same series and true steps, the interval ${inWords(ownRule.effect)} excludes what is claimed, ${regionInWords(claimed)}.`,
    open,
    ...notes,
  ].join(' ');
}

function assertionOf(assessment: Assessment): 'difference' | 'absence' {
  return assessment.testable ? assessment.asserts : 'difference';
}

function missing(assessment: Assessment): string {
  return assessment.testable
    ? `what was measured (${inWords(assessment.effect)} ${assessment.effect.unit}) is no more than a consequence of the claim: it could refute it and does not, and cannot prove it; needed: ${assessment.wouldProve}`
    : `${assessment.reason}; needed: ${assessment.needed}`;
}

function inWords({ value, interval }: TestedEffect): string {
  return `${brief(value)} [${brief(interval[0])}, ${brief(interval[1])}]`;
}

function regionInWords({ low, high }: Region): string {
  if (low === high) return brief(low);
  if (high === Number.POSITIVE_INFINITY) return `${brief(low)} or more`;
  if (low === Number.NEGATIVE_INFINITY) return `${brief(high)} or less`;
  return `${brief(low)} to ${brief(high)}`;
}

function sentence(text: string): string {
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}
