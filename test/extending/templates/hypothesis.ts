import { acrossWindows } from '../../../src/hypotheses/across-windows.ts';
import type { Course } from '../../../src/hypotheses/window-pairs.ts';
import type { Run } from '../../../src/measurements/types.ts';

/** Whether what is learned is learned in changes: the loss across each of them, less that across its matched control. */
export const lossFalls = acrossWindows({
  name: 'loss-falls',
  question: 'Does the loss fall during changes?',
  claim: 'The training loss falls more across changes than across matched windows without one.',
  measure: 'training loss',
  unit: 'of loss',
  predicted: 'falls',
  courses: ({ runs }) => runs.filter(({ loss }) => loss.some(Number.isFinite)).map(lossOf),
  needs: 'runs that log their training loss',
});

/** The loss is that of the network as a whole: it belongs to every layer. */
function lossOf({ id, steps, loss }: Run): Course {
  const at = new Map(Array.from(steps, (step, i) => [step, loss[i]]));
  return {
    run: id,
    measure: 'training loss',
    subject: 'network',
    isOf: () => true,
    across: ({ before, after }) => {
      const moved = (at.get(after) ?? Number.NaN) - (at.get(before) ?? Number.NaN);
      return Number.isFinite(moved) ? moved : null;
    },
  };
}
