import type { Run } from '../measurements/types.ts';
import { accuracyCurve, extremeOf, firstWhere, lastOf, trackCurve, valueAt } from './curves.ts';
import { between, type Finding, factOf } from './fact.ts';
import type { KnownTransition } from './types.ts';

/** Twice the spread that seeds of the PyTorch twin show: both generators draw other weights and other pairs. */
const source = 'Power et al. 2022; Nanda et al. 2023; ranges measured in PyTorch with the same network';

const learned = (accuracy: number): boolean => accuracy >= 0.95;

/** The norm of all weights together, over a run. */
function weightNorm(run: Run): { steps: Float64Array; values: Float64Array } {
  const track = run.tracks?.find(({ id }) => id === 'weights');
  const norms = (track?.subjects ?? []).map(({ series }) => series.get('frobenius_norm')!.values);
  const steps = track?.steps ?? new Float64Array();
  return {
    steps,
    values: Float64Array.from(steps, (_, i) => Math.hypot(...norms.map((values) => values[i]))),
  };
}

const trained = (run: Run): Finding | null =>
  firstWhere(trackCurve(run, 'training-accuracy', 'network', 'accuracy'), learned);
const generalized = (run: Run): Finding | null => firstWhere(accuracyCurve(run), learned);

/** The examples by heart first, the rule much later, and only with weight decay. */
export const grokking: KnownTransition = {
  name: 'grokking',
  title: 'Grokking, addition modulo 59',
  source,
  judge: ({ runs }) => {
    const decayed = runs.filter(({ hyperparameters }) => Number(hyperparameters.weightDecay) > 0);
    const free = runs.filter(({ hyperparameters }) => Number(hyperparameters.weightDecay) === 0);
    return [
      factOf('training accuracy 95 %, step', between(0, 100), decayed.map(trained)),
      factOf('held-out accuracy 95 %, step', between(700, 1500), decayed.map(generalized)),
      factOf(
        'held-out over training, times later',
        between(8, 60),
        decayed.map((run) => {
          const [early, late] = [trained(run), generalized(run)];
          return early === null || late === null ? null : { value: late.value / early.value };
        }),
      ),
      factOf(
        'norm of the weights at held-out 95 %, share of its largest',
        between(0.97, 1),
        decayed.map((run) => {
          const [norm, late] = [weightNorm(run), generalized(run)];
          return late === null
            ? null
            : { value: valueAt(norm, late.value) / extremeOf(norm, 'largest').value };
        }),
      ),
      factOf(
        'norm of the weights at the end, share of its largest',
        between(0.8, 0.95),
        decayed.map((run) => {
          const norm = weightNorm(run);
          return { value: lastOf(norm) / extremeOf(norm, 'largest').value };
        }),
      ),
      factOf(
        'without decay: held-out accuracy at the end',
        between(0, 0.1),
        free.map((run) => ({ value: lastOf(accuracyCurve(run)) })),
      ),
    ];
  },
};
