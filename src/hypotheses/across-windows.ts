import { clusterMeans } from '../mechanisms/case-control.ts';
import { mean } from '../numerics/moments.ts';
import { signFlipTest } from '../numerics/sign-flip.ts';
import type { CheckpointWindow } from '../planning/types.ts';
import { clusterOf, intervalOf } from './seed-clusters.ts';
import type { Answer, Hypothesis, StudyEvidence } from './types.ts';
import { type Course, coursePairs } from './window-pairs.ts';

/** What is compared across windows. */
export interface AcrossWindows {
  readonly name: string;
  readonly question: string;
  readonly claim: string;
  readonly measure: string;
  readonly unit: string;
  /** What the measure does across changes, beyond what it does across controls; `moves` in either direction. */
  readonly predicted: 'rises' | 'falls' | 'moves';
  /** `early`: pairs of which one window is half-way in the first tenth of training. Default: all. */
  readonly when?: 'early';
  /** The measure over the runs; empty where it was not taken. */
  readonly courses: (evidence: StudyEvidence) => readonly Course[];
  /** What a study needs that has no such courses. */
  readonly needs: string | ((evidence: StudyEvidence) => string);
}

/** Share of training that counts as early. */
const EARLY = 0.1;

/**
 * A hypothesis on what goes with changes: the change of a measure across every window of a change less its change across the matched
 * control, averaged within clusters of seeds, whose signs are flipped.
 *
 * @example
 * const unmeasured = acrossWindows({
 *   name: 'mine',
 *   question: 'Does mine rise?',
 *   claim: 'Mine rises more across changes than across matched windows without one.',
 *   measure: 'mine',
 *   unit: 'in mine',
 *   predicted: 'rises',
 *   courses: () => [],
 *   needs: 'mine',
 * });
 * unmeasured.test(evidence, { random: createRandom(1), alpha: 0.05 }); // { tested: false, needs: 'mine' }
 */
export function acrossWindows(definition: AcrossWindows): Hypothesis {
  const { name, question, claim, measure, when } = definition;
  const windows = `${when === 'early' ? 'early changes' : 'changes'} against matched controls`;
  return { name, question, claim, measure, windows, test: (...given) => testAcross(definition, ...given) };
}

function testAcross(
  { measure, unit, predicted, when, courses, needs }: AcrossWindows,
  evidence: StudyEvidence,
  { random, alpha }: Parameters<Hypothesis['test']>[1],
): Answer {
  const known = courses(evidence);
  if (known.length === 0) {
    return { tested: false, needs: typeof needs === 'string' ? needs : needs(evidence) };
  }
  const runs = new Map(evidence.runs.map((run) => [run.id, run]));
  const isEarly = (pair: readonly CheckpointWindow[], run: string): boolean =>
    pair.some(({ during }) => during <= EARLY * (runs.get(run)?.plannedSteps ?? 0));
  const all = coursePairs(
    known,
    evidence.plan,
    (run) => {
      const found = runs.get(run);
      return found === undefined ? run : clusterOf(found);
    },
    when === 'early' ? isEarly : undefined,
  );
  if (all.length === 0) {
    return {
      tested: false,
      needs: `${when === 'early' ? 'early changes' : 'changes'} with a control, and ${measure} measured before and after both: \`rankscope plan\` lists them, \`rankscope train --plan-from-first-pass\` saves there`,
    };
  }
  const sized = all.map(({ change, control, ...rest }) =>
    predicted === 'moves'
      ? { ...rest, change: Math.abs(change), control: Math.abs(control) }
      : { ...rest, change, control },
  );
  const differences = clusterMeans(sized);
  const { pValue, smallest } = signFlipTest(differences, random);
  return {
    tested: true,
    statistic: `${predicted === 'moves' ? 'Size of the change' : 'Change'} of ${measure} across a change of ${evidence.analysis.seriesId}, less that across its control`,
    effect: { value: mean(differences), interval: intervalOf(differences, random, alpha), unit },
    predicted: predicted === 'falls' ? -1 : 1,
    model: 'the sign of every group of seeds is as likely the other',
    pValue,
    smallestPValue: smallest,
    observations: all.length,
    groups: differences.length,
    runs: [...new Set(all.map(({ run }) => run))],
  };
}
