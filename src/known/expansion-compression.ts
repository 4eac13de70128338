import type { Run } from '../measurements/types.ts';
import { accuracyCurve, extremeOf, firstWhere, lastOf, layerCurve } from './curves.ts';
import { between, factOf } from './fact.ts';
import type { KnownTransition } from './types.ts';

const source = 'after Recanatesi et al. 2019; ranges measured in PyTorch with the same network';

const dimensions = (run: Run, fromLast: number) =>
  layerCurve(run, run.layers[run.layers.length - 1 - fromLast].name, 'participation_ratio');

/** The last hidden layer expands, and once everything is right, weight decay compresses it to what the classes need. */
export const expansionCompression: KnownTransition = {
  name: 'expansion-compression',
  title: 'Expansion, then compression, on a checkerboard',
  source,
  judge: ({ runs }) => {
    const decayed = runs.filter(({ hyperparameters }) => Number(hyperparameters.weightDecay) > 0);
    const free = runs.filter(({ hyperparameters }) => Number(hyperparameters.weightDecay) === 0);
    const start = (run: Run, fromLast = 1): number => dimensions(run, fromLast).values[0];
    const values = (of: readonly Run[], read: (run: Run) => number) =>
      of.map((run) => ({ value: read(run) }));
    return [
      factOf(
        'last hidden layer: participation ratio rises by',
        between(0.5, 2.5),
        values(decayed, (run) => extremeOf(dimensions(run, 1), 'largest').value - start(run)),
      ),
      factOf(
        'peak after everything is right, steps after',
        between(0, 6000),
        decayed.map((run) => {
          const right = firstWhere(accuracyCurve(run), (accuracy) => accuracy === 1);
          return right === null
            ? null
            : { value: extremeOf(dimensions(run, 1), 'largest').step - right.value };
        }),
      ),
      factOf(
        'last hidden layer: participation ratio, end',
        between(1, 1.2),
        values(decayed, (run) => lastOf(dimensions(run, 1))),
      ),
      factOf(
        'layer before it: participation ratio, end over start',
        between(0.9, 2),
        values(decayed, (run) => lastOf(dimensions(run, 2)) / start(run, 2)),
      ),
      factOf(
        'without decay: participation ratio, end over start',
        between(1, 3),
        values(free, (run) => lastOf(dimensions(run, 1)) / start(run)),
      ),
    ];
  },
};
