import type { Evaluation, Run } from '../../measurements/types.ts';
import { wilsonInterval } from '../../numerics/wilson-interval.ts';
import { counted, percent } from '../../wording/sentences.ts';
import { faultIn } from './fault.ts';
import type { DataCheck } from './types.ts';

const CONFIDENCE = 0.99;
/** Where the log does not say: fewer than nearly any held-out set has, so that doubt goes against the run. */
const ASSUMED_EXAMPLES = 100;

/** Runs that ended where guessing would have, reported for each data set. */
export const runsAtChance: DataCheck = {
  name: 'runs-at-chance',
  question: 'Are there runs that did not learn?',
  reason: 'What representations do while a network learns cannot be read off a network that learned nothing.',
  threshold:
    `last accuracy whose ${percent(CONFIDENCE)} interval (Wilson) reaches down to 1/classes; ` +
    `${ASSUMED_EXAMPLES} examples are assumed where the log does not say how many were evaluated`,
  check({ runs }) {
    const byDataset = new Map<string, Judged[]>();
    for (const run of runs) {
      const judged = judge(run);
      if (judged !== null) byDataset.set(run.dataset, [...(byDataset.get(run.dataset) ?? []), judged]);
    }
    return [...byDataset].flatMap(([dataset, judged]) => {
      const failed = judged.filter(({ low, chance }) => low <= chance);
      if (failed.length === 0) return [];
      const all = failed.length === judged.length;
      const best = Math.max(...failed.map(({ accuracy }) => accuracy));
      const assumed = failed.some(({ assumed }) => assumed)
        ? `; the number of evaluated examples is not logged, ${ASSUMED_EXAMPLES} are assumed`
        : '';
      const message =
        `${all ? (failed.length === 1 ? 'the only run' : 'every one') : `${failed.length}`} of ` +
        `${counted(judged.length, 'run')} on ${dataset} did not learn: accuracy at most ${percent(best)}, ` +
        `not above chance (${percent(failed[0].chance)}) at ${percent(CONFIDENCE)} confidence${assumed}`;
      const places = failed.map(({ run }) => ({ run }));
      return [
        faultIn(places, judged.length, {
          check: this.name,
          severity: all ? 'error' : 'warning',
          message,
          value: best,
        }),
      ];
    });
  },
};

interface Judged {
  readonly run: string;
  readonly accuracy: number;
  readonly chance: number;
  /** Lower end of the interval of the accuracy. */
  readonly low: number;
  readonly assumed: boolean;
}

/** null where the run's accuracy or its classes are not known. */
function judge({ id, classes, evaluations }: Run): Judged | null {
  const last: Evaluation | undefined = evaluations[evaluations.length - 1];
  if (last === undefined || classes === null || classes < 2 || !(last.accuracy >= 0 && last.accuracy <= 1))
    return null;
  const examples = last.examples ?? ASSUMED_EXAMPLES;
  if (examples < 1) return null;
  const [low] = wilsonInterval(last.accuracy * examples, examples, CONFIDENCE);
  return { run: id, accuracy: last.accuracy, chance: 1 / classes, low, assumed: last.examples === null };
}
