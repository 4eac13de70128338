import type { Evaluation } from '../../measurements/types.ts';
import { mean } from '../../numerics/moments.ts';
import { clusterAverages } from '../seed-clusters.ts';
import type { Hypothesis } from '../types.ts';
import { answerOf } from './late-changes.ts';

/** Whether something is still learned when the curves have come to rest: no claim of the published study says more. */
export const lateAcquisition: Hypothesis = {
  name: 'late-acquisition',
  question: 'Is nothing acquired late?',
  claim: 'The classes that are known worst before the middle of training are known better at its end.',
  measure: 'accuracy by class',
  windows: 'end of training against its middle',
  test: ({ runs }, context) => {
    const found = clusterAverages(runs, ({ evaluations }) => gainOfWorst(evaluations));
    if (found.means.length === 0) {
      return {
        tested: false,
        needs: 'accuracy by class at the middle and the end: `evaluation: {every: 100}` in the study file',
      };
    }
    return answerOf(context, {
      ...found,
      statistic:
        'Gain in accuracy, from the middle to the end, of the half of the classes that are known worst',
      unit: 'accuracy',
      predicted: 1,
    });
  },
};

/**
 * The worst classes at one evaluation are better at any other by regression to the mean. They are therefore chosen at the
 * evaluation before the middle, and their gain is taken from the middle to the end.
 */
function gainOfWorst(evaluations: readonly Evaluation[]): number | null {
  const known = evaluations.filter(({ perClass }) => perClass !== undefined);
  const end = known.at(-1);
  if (end === undefined) return null;
  const middle = known.findLastIndex(({ step }) => step <= end.step / 2);
  if (middle < 1 || known[middle] === end) return null;
  const [chosenAt, from, to] = [known[middle - 1], known[middle], end].map(({ perClass }) => perClass!);
  const classes = chosenAt
    .map((accuracy, i) => ({ accuracy, i }))
    .filter(({ accuracy, i }) => accuracy !== null && from[i] !== null && to[i] !== null)
    .sort((a, b) => a.accuracy! - b.accuracy!);
  if (classes.length < 2) return null;
  const worst = classes.slice(0, Math.floor(classes.length / 2));
  return mean(worst.map(({ i }) => to[i]! - from[i]!));
}
