import { curvesSpec } from '../figures/curves.ts';
import { lossTitle } from '../figures/loss-label.ts';
import type { Evaluation } from '../measurements/types.ts';
import { runColors } from './run-colors.ts';
import type { EvidenceFigure, ReportInput } from './types.ts';

/** The training loss of every run. */
export function lossFigure(input: ReportInput): EvidenceFigure | null {
  const { runs } = input;
  if (runs.length === 0) return null;
  const title = runs.length === 1 ? 'Training loss' : `Training loss of ${runs.length} runs`;
  const caption =
    'Thin lines: runs; thick lines: the median of each color, where there are more than six runs.';
  const curves = runs.map(({ id, steps, loss }) => ({ label: id, steps, values: loss }));
  const spec = curvesSpec({
    title,
    ...runColors(input),
    panels: [{ yTitle: lossTitle('Training loss', runs), scale: 'log', curves }],
  });
  return { title, caption, spec };
}

/** The accuracy of every run that was evaluated more than once; null where none was. */
export function accuracyFigure(input: ReportInput): EvidenceFigure | null {
  const evaluated = input.runs.filter(({ evaluations }) => evaluations.length > 1);
  if (evaluated.length === 0) return null;
  const title = evaluated.length === 1 ? 'Accuracy' : `Accuracy of ${evaluated.length} runs`;
  const curves = evaluated.map(({ id, evaluations }) =>
    evaluationCurve(id, evaluations, ({ accuracy }) => accuracy),
  );
  const spec = curvesSpec({
    title,
    ...runColors(input),
    panels: [{ yTitle: 'Accuracy (share correct)', domain: [0, 1], curves }],
  });
  return { title, caption: 'Share of held-out examples classified correctly.', spec };
}

/** The loss on held-out examples of every run that has it more than once; null where none has. */
export function heldOutLossFigure(input: ReportInput): EvidenceFigure | null {
  const held = input.runs.filter(
    ({ evaluations }) => evaluations.filter(({ loss }) => loss !== undefined).length > 1,
  );
  if (held.length === 0) return null;
  const title = held.length === 1 ? 'Held-out loss' : `Held-out loss of ${held.length} runs`;
  const curves = held.map(({ id, evaluations }) => {
    const known = evaluations.filter(({ loss }) => loss !== undefined);
    return evaluationCurve(id, known, ({ loss }) => loss!);
  });
  const spec = curvesSpec({
    title,
    ...runColors(input),
    panels: [{ yTitle: lossTitle('Held-out loss', held), scale: 'log', curves }],
  });
  const caption =
    'Mean loss on examples that were not trained on: where it rises while the training loss falls, a run overfits.';
  return { title, caption, spec };
}

function evaluationCurve(
  label: string,
  evaluations: readonly Evaluation[],
  of: (evaluation: Evaluation) => number,
) {
  return {
    label,
    steps: Float64Array.from(evaluations, ({ step }) => step),
    values: Float64Array.from(evaluations, of),
  };
}
