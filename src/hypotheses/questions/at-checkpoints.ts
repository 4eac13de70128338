import { type MeasureName, type MeasureSubject, mechanismMeasures } from '../../mechanisms/measures.ts';
import { type AcrossWindows, acrossWindows } from '../across-windows.ts';
import type { Hypothesis, StudyEvidence } from '../types.ts';
import { checkpointCourses } from '../window-pairs.ts';

type FromCheckpoints = Omit<AcrossWindows, 'courses' | 'needs' | 'unit' | 'measure'>;

/** A hypothesis on a measure that `rankscope mechanisms` takes at checkpoints, by its name there. */
export function atCheckpoints(asked: FromCheckpoints & { readonly measure: MeasureName }): Hypothesis {
  const { measure } = asked;
  const { subject, unit } = mechanismMeasures[measure];
  return acrossWindows({
    ...asked,
    unit: unit === 'share' ? 'of its norm' : `in ${measure}`,
    courses: (evidence) => coursesOf(measure, subject, evidence),
    needs: (evidence) => neededFor(measure, subject, evidence),
  });
}

/** What a network loses, in the mean over the parts of a layer, when one is replaced by its mean over the examples; see `testStudy`. */
export const ABLATION_LOSS = 'ablation_loss';

/** A hypothesis on what is lost with single parts, which is measured where it is asked for. */
export function atAblations(asked: FromCheckpoints): Hypothesis {
  return acrossWindows({
    ...asked,
    measure: ABLATION_LOSS,
    unit: 'nats',
    courses: (evidence) => coursesOf(ABLATION_LOSS, 'activations', evidence),
    needs: ({ atCheckpoints: values }) =>
      values.length === 0
        ? checkpointsAroundChanges
        : '`rankscope test --ablate`: a pass of the network for each head or filter (each unit, where it has neither)',
  });
}

function coursesOf(measure: string, subject: MeasureSubject, { atCheckpoints: values }: StudyEvidence) {
  return checkpointCourses(
    values.filter((value) => value.measure === measure),
    () => subject,
  );
}

const checkpointsAroundChanges =
  'checkpoints of a study that was trained here: `rankscope train study.yaml --plan-from-first-pass` saves them around changes';

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
  if (values.length === 0) return checkpointsAroundChanges;
  const why = values.find((value) => value.measure === measure && !value.value.determined)?.value;
  const needed = subjects[subject] ?? `${subject} that it can be taken of`;
  return why === undefined || why.determined ? needed : `${needed} (${why.reason})`;
}
