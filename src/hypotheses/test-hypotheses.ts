import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';
import type { Verdict } from '../findings/finding.ts';
import { benjaminiHochberg } from '../numerics/multiple-testing.ts';
import { createRandom } from '../numerics/random.ts';
import { pInWords } from '../wording/numbers.ts';
import { brief, counted, coverage } from '../wording/sentences.ts';
import { hypotheses as registered } from './registry.ts';
import type { Answer, Hypothesis, HypothesisFinding, StudyEvidence, TestedHypotheses } from './types.ts';

export interface TestOptions {
  /** Which to test; all that are registered if absent. One's own may be among them. */
  readonly hypotheses?: readonly Hypothesis[];
  /** False discovery rate over the hypotheses that can be tested; default 0.05. Intervals cover 1 − alpha. */
  readonly alpha?: number;
  /** Of permutations; default 0. */
  readonly seed?: number;
  /** Called after each hypothesis. */
  readonly onHypothesis?: (done: number, name: string) => void;
}

type Tested = Extract<Answer, { tested: true }>;

/**
 * Tests hypotheses on a study. Each that the data allow has an effect with an interval, a p-value adjusted over all of them
 * (Benjamini & Hochberg), and a verdict; each other says what it needs. Pure: the same evidence and seed give the same
 * findings, and what one of them draws does not depend on which others are tested.
 *
 * @throws InputError where two hypotheses have one name.
 * @example
 * testHypotheses(evidence, { seed: 1 }).findings.map(({ sentence }) => sentence);
 */
export function testHypotheses(evidence: StudyEvidence, options: TestOptions = {}): TestedHypotheses {
  const { hypotheses = registered, alpha = 0.05, seed = 0, onHypothesis } = options;
  assertDistinct(hypotheses);
  const random = createRandom(seed);
  const answers = hypotheses.map((hypothesis, i) => {
    const answer = hypothesis.test(evidence, { random: random.fork(hypothesis.name), alpha });
    onHypothesis?.(i + 1, hypothesis.name);
    return answer;
  });
  const decidable = answers.flatMap((answer, i) => (canDecide(answer, alpha) ? [{ i, answer }] : []));
  const adjusted = benjaminiHochberg(decidable.map(({ answer }) => answer.pValue));
  const adjustedOf = new Map(decidable.map(({ i }, k) => [i, adjusted[k]]));
  return {
    seriesId: evidence.analysis.seriesId,
    alpha,
    seed,
    correction: `p-values adjusted over ${counted(decidable.length, 'hypothesis', 'hypotheses')} (Benjamini & Hochberg); each interval covers ${coverage(alpha)} on its own`,
    findings: hypotheses.map((hypothesis, i) =>
      conclude(hypothesis, answers[i], adjustedOf.get(i) ?? null, alpha),
    ),
  };
}

/** The hypotheses of these names. @throws InputError for a name that is not registered. */
export function hypothesesNamed(names: readonly string[]): Hypothesis[] {
  const known = registered.map(({ name }) => name);
  return names.map((name) => {
    const found = registered.find((hypothesis) => hypothesis.name === name);
    if (found !== undefined) return found;
    throw new InputError({ field: 'hypothesis', value: name, allowed: oneOf(name, known) });
  });
}

function canDecide(answer: Answer, alpha: number): answer is Tested {
  return answer.tested && answer.smallestPValue <= alpha;
}

function conclude(
  { name, question, claim, measure, windows }: Hypothesis,
  answer: Answer,
  adjustedPValue: number | null,
  alpha: number,
): HypothesisFinding {
  const asked = { id: name, claim, question, measure, windows, checks: [] };
  if (!answer.tested) {
    const reason = `Needs ${answer.needs}`;
    return {
      ...{ ...asked, statistic: measure, effect: null, null: null, runs: [], observations: 0, groups: 0 },
      ...{ verdict: 'not testable', reason, sentence: `Not tested: ${claim} ${reason}.` },
    };
  }
  const { statistic, effect, model, pValue, observations, groups, runs } = answer;
  const verdict = verdictOf(answer, adjustedPValue, alpha);
  const seen = evidenceInWords(answer, adjustedPValue, alpha);
  const reason =
    verdict === 'not testable'
      ? `${seen}; so few groups give no p-value below ${brief(answer.smallestPValue)}: needs more seeds`
      : seen;
  return {
    ...{ ...asked, statistic, effect, runs, observations, groups, verdict, reason },
    null: { model, pValue, adjustedPValue },
    sentence: `${VERDICT_WORDS[verdict]}: ${claim} ${reason}.`,
  };
}

const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  supported: 'Supported',
  refuted: 'Refuted',
  'not distinguishable from null': 'Not shown',
  'not testable': 'Cannot be decided',
};

/** A direction is only ever decided by a rejected null model; without one, the other direction is as open as this. */
function verdictOf({ effect, predicted }: Tested, adjustedPValue: number | null, alpha: number): Verdict {
  if (adjustedPValue === null) return 'not testable';
  if (adjustedPValue > alpha) return 'not distinguishable from null';
  return predicted === 0 || Math.sign(effect.value) === predicted ? 'supported' : 'refuted';
}

function evidenceInWords(
  { effect, pValue, observations, groups }: Tested,
  adjusted: number | null,
  alpha: number,
): string {
  const interval =
    effect.interval === null
      ? ''
      : ` (${coverage(alpha)} interval ${brief(effect.interval[0])} to ${brief(effect.interval[1])})`;
  const p = adjusted === null ? pInWords(pValue) : `adjusted ${pInWords(adjusted)}`;
  return `Effect ${brief(effect.value)} ${effect.unit}${interval}, ${p}, ${counted(observations, 'observation')} in ${counted(groups, 'group')} of seeds`;
}

function assertDistinct(hypotheses: readonly Hypothesis[]): void {
  const names = hypotheses.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new InputError({ field: 'hypotheses', value: twice, allowed: 'a name of its own for each' });
  }
}
