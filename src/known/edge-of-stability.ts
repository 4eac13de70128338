import type { Series } from '../detectors/types.ts';
import type { Run } from '../measurements/types.ts';
import { extremeOf, firstWhere, trackCurve } from './curves.ts';
import { between, type Finding, factOf } from './fact.ts';
import type { KnownTransition } from './types.ts';

const source = 'Cohen et al. 2021; ranges measured in PyTorch with the same network';

/** The share of a training over which the mean is taken: what is left after the approach. */
const lastShare = 0.8;

const rateOf = ({ hyperparameters }: Run): number => Number(hyperparameters.learningRate);
const sharpness = (run: Run): Series => trackCurve(run, 'sharpness', 'network', 'sharpness');
/** Beyond it a step of gradient descent overshoots a quadratic by more than it was off. */
const edge = (run: Run): number => 2 / rateOf(run);

function meanAtEdge(run: Run): Finding {
  const { steps, values } = sharpness(run);
  const late = values.filter(
    (value, i) => steps[i] >= (1 - lastShare) * run.plannedSteps && Number.isFinite(value),
  );
  return { value: late.reduce((sum, value) => sum + value, 0) / late.length / edge(run) };
}

/** The sharpness rises to 2 / rate and stays there; at a rate that is small enough it never comes so far. */
export const edgeOfStability: KnownTransition = {
  name: 'edge-of-stability',
  title: 'Edge of stability of full-batch gradient descent',
  source,
  judge: ({ runs }) => {
    const largest = Math.max(...runs.map(rateOf));
    const fast = runs.filter((run) => rateOf(run) === largest);
    const slow = runs.filter((run) => rateOf(run) < largest);
    return [
      factOf(
        'sharpness first at 2 / rate, step',
        between(150, 700),
        fast.map((run) => firstWhere(sharpness(run), (value) => value >= edge(run))),
      ),
      factOf('mean sharpness over 2 / rate, last 80 %', between(0.98, 1.06), fast.map(meanAtEdge)),
      factOf(
        'at half the rate: largest sharpness over 2 / rate',
        between(0.5, 0.99),
        slow.map((run) => ({ value: extremeOf(sharpness(run), 'largest').value / edge(run) })),
      ),
    ];
  },
};
