import { type MeasureSubject, mechanismMeasures } from '../../mechanisms/measures.ts';
import { type AcrossWindows, acrossWindows } from '../across-windows.ts';
import type { Hypothesis, StudyEvidence } from '../types.ts';
import { checkpointCourses } from '../window-pairs.ts';

type FromCheckpoints = Omit<AcrossWindows, 'courses' | 'needs' | 'unit'>;

/**
 * A hypothesis on a measure that `rankscope mechanisms` takes at checkpoints.
 *
 * @param asked its measure by name; one that this version does not take is a need, not an error.
 */
export function atCheckpoints(asked: FromCheckpoints): Hypothesis {
  const { measure } = asked;
  const registered = Object.entries(mechanismMeasures).find(([name]) => name === measure)?.[1];
  return acrossWindows({
    ...asked,
    unit: registered?.unit === 'share' ? 'of its norm' : `in ${measure}`,
    courses: ({ atCheckpoints: values }) =>
      registered === undefined
        ? []
        : checkpointCourses(
            values.filter((value) => value.measure === measure),
            () => registered.subject,
          ),
    needs: (evidence) =>
      registered === undefined
        ? `the measure ${measure}, which this version does not take`
        : neededFor(measure, registered.subject, evidence),
  });
}

/** What a study must have so that a measure can be taken, by what that is taken of. */
const subjects: Readonly<Partial<Record<string, string>>> = {
  attention: 'a network with attention, that is a transformer, among `architectures`',
  activations: 'layers with units, of examples with labels',
  weights: 'weight tensors that it can be taken of: for filters, a CNN among `architectures`',
};

function neededFor(
  measure: string,
  subject: MeasureSubject,
  { atCheckpoints: values }: StudyEvidence,
): string {
  if (values.length === 0) {
    return 'checkpoints of a study that was trained here: `rankscope train study.yaml --plan-from-first-pass` saves them around changes';
  }
  const why = values.find((value) => value.measure === measure && !value.value.determined)?.value;
  const needed = subjects[subject] ?? `${subject} that it can be taken of`;
  return why === undefined || why.determined ? needed : `${needed} (${why.reason})`;
}
