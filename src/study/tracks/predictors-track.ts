import { InputError } from '../../errors/input-error.ts';
import type { TrackHeader } from '../../measurements/run-header.ts';
import {
  divergenceFrom,
  predictNext,
  predictorNames,
} from '../../mechanisms/predictions/in-context-predictors.ts';
import { determined } from '../../spectra/determined.ts';
import { openProbe, type Probe } from '../../training/probe.ts';
import { dueSteps } from '../due-steps.ts';
import type { TrackKind } from './track-kind.ts';

/** Sequences are compared on so many, the last of those trained on: where each is seen once, not yet seen. */
const mostSequences = 256;

const header: TrackHeader = {
  id: 'predictors',
  series: ['divergence'],
  subjects: predictorNames.map((name) => ({ name, rows: null, columns: null })),
  spectra: false,
};

/** How far a language model's answers are from those of predictors that count in the sequence: see `predictNext`, `divergenceFrom`. */
export const inContextPredictors: TrackKind = {
  key: 'predictors',
  id: header.id,
  assert: ({ synthetic, dataset }) => {
    if (synthetic?.kind === 'markov_chains' || synthetic?.kind === 'repeated_tokens') return;
    const allowed =
      'only for data that ask for the next token at every position: markov_chains, repeated_tokens';
    throw new InputError({ field: 'predictors', value: dataset, allowed });
  },
  open: (plan, model, { inputs, count, classes }) => {
    const sequences = Math.min(mostSequences, count);
    const length = inputs.length / count;
    const shown = inputs.slice((count - sequences) * length);
    const predicted = predictorNames.map((name) => {
      const all = new Float64Array(shown.length * classes);
      for (let i = 0; i < sequences; i++) {
        const tokens = shown.subarray(i * length, (i + 1) * length);
        all.set(predictNext(name, tokens, classes), i * length * classes);
      }
      return all;
    });
    let probe: Promise<Probe> | null = null;
    return {
      header,
      isDue: dueSteps(plan.predictors!),
      concurrent: false,
      measure: async ({ after }) => {
        probe ??= openProbe(model, { count: sequences, layers: [] });
        const { logits } = await (await probe).read(after, shown);
        return predicted.map((probabilities) => ({
          values: { divergence: determined(divergenceFrom(probabilities, logits.data, classes)) },
        }));
      },
      close: async () => (await probe)?.close(),
    };
  },
};
