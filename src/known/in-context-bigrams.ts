import type { Run } from '../measurements/types.ts';
import { extremeOf, firstWhere, lastOf, trackCurve } from './curves.ts';
import { between, factOf } from './fact.ts';
import type { KnownTransition } from './types.ts';

const source = 'Edelman et al. 2024; Olsson et al. 2022; ranges measured in PyTorch with the same network';

const divergence = (run: Run, predictor: string) => trackCurve(run, 'predictors', predictor, 'divergence');

/** How much nearer the network is to one predictor than to another. */
function nearer(run: Run, one: string, other: string): { steps: Float64Array; values: Float64Array } {
  const [near, far] = [divergence(run, one), divergence(run, other)];
  return {
    steps: Float64Array.from(near.steps),
    values: far.values.map((value, i) => value - near.values[i]) as Float64Array,
  };
}

const isNearer = (difference: number): boolean => difference > 0;

/** Symbols are counted first, then, with two layers, what follows them. */
export const inContextBigrams: KnownTransition = {
  name: 'in-context-bigrams',
  title: 'Two attention layers learn to count pairs in context',
  source,
  judge: ({ runs }) => {
    const two = runs.filter(({ architecture }) => architecture === 'two_layers');
    const one = runs.filter(({ architecture }) => architecture === 'one_layer');
    return [
      factOf(
        'nearer the unigram than the uniform, step',
        between(50, 150),
        two.map((run) => firstWhere(nearer(run, 'unigram', 'uniform'), isNearer)),
      ),
      factOf(
        'least divergence from the unigram, step',
        between(150, 350),
        two.map((run) => ({ value: extremeOf(divergence(run, 'unigram'), 'smallest').step })),
      ),
      factOf(
        'bigram nearest (the switch), step',
        between(350, 600),
        two.map((run) =>
          firstWhere(
            {
              steps: divergence(run, 'bigram').steps,
              values: nearer(run, 'bigram', 'unigram').values.map((value, i) =>
                Math.min(value, nearer(run, 'bigram', 'uniform').values[i]),
              ),
            },
            isNearer,
          ),
        ),
      ),
      factOf(
        'divergence from the bigram at the end',
        between(0.025, 0.045),
        two.map((run) => ({ value: lastOf(divergence(run, 'bigram')) })),
      ),
      factOf(
        'one layer: nearer the unigram than the bigram at the end, by',
        between(0.05, 0.15),
        one.map((run) => ({ value: lastOf(nearer(run, 'unigram', 'bigram')) })),
      ),
    ];
  },
};
