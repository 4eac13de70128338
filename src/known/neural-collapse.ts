import type { Run } from '../measurements/types.ts';
import { accuracyCurve, firstWhere, lastOf, layerCurve, trackCurve } from './curves.ts';
import { between, factOf } from './fact.ts';
import type { KnownTransition } from './types.ts';

const source =
  'Papyan, Han & Donoho 2020; ranges measured in PyTorch on the same digits with the same network';

const sign = (run: Run, series: string) => trackCurve(run, 'neural-collapse', 'network', series);

/** After every training example is right, classes gather in points, and the points form a simplex. */
export const neuralCollapse: KnownTransition = {
  name: 'neural-collapse',
  title: 'Neural collapse with squared error and weight decay',
  source,
  judge: ({ runs }) => {
    const zeroError = runs.map((run) => firstWhere(accuracyCurve(run), (accuracy) => accuracy === 1));
    const last = runs.map(({ layers }) => layers[layers.length - 2].name);
    const values = (of: (run: Run, i: number) => number) => runs.map((run, i) => ({ value: of(run, i) }));
    return [
      factOf('no training error, step', between(0, 10000), zeroError),
      factOf(
        'variability within classes (NC1), end',
        between(0, 0.01),
        values((run) => lastOf(sign(run, 'variability'))),
      ),
      factOf(
        'angles between classes off a simplex, end',
        between(0, 0.1),
        values((run) => lastOf(sign(run, 'equiangular'))),
      ),
      factOf(
        'participation ratio, last hidden layer, end (classes − 1 = 9)',
        between(7.7, 9.2),
        values((run, i) => lastOf(layerCurve(run, last[i], 'participation_ratio'))),
      ),
      factOf(
        'NC1 below 0.01, times later than no training error',
        between(1, 60),
        runs.map((run, i) => {
          const collapsed = firstWhere(sign(run, 'variability'), (value) => value < 0.01);
          const right = zeroError[i];
          return collapsed === null || right === null
            ? null
            : { value: collapsed.value / Math.max(1, right.value) };
        }),
      ),
    ];
  },
};
