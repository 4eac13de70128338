import { InputError } from '../../errors/input-error.ts';
import type { TrackHeader } from '../../measurements/run-header.ts';
import { determined } from '../../spectra/determined.ts';
import { openProbe, type Probe } from '../../training/probe.ts';
import { datasetShape } from '../dataset-store.ts';
import { dueSteps } from '../due-steps.ts';
import { lossOf } from '../training-options.ts';
import type { TrackKind } from './track-kind.ts';

const header: TrackHeader = {
  id: 'training-accuracy',
  series: ['accuracy', 'loss'],
  subjects: [{ name: 'network', rows: null, columns: null }],
  spectra: false,
};

/** Accuracy and mean loss on all training examples, as the held-out ones are evaluated: without dropout, after the update. */
export const trainingAccuracy: TrackKind = {
  key: 'trainingAccuracy',
  id: header.id,
  assert: (plan) => {
    if (plan.synthetic === undefined || !datasetShape(plan).isRegression) return;
    const allowed = 'only for data that ask for classes';
    throw new InputError({ field: 'trainingAccuracy', value: plan.dataset, allowed });
  },
  open: (plan, model, data) => {
    let probe: Promise<Probe> | null = null;
    return {
      header,
      isDue: dueSteps(plan.trainingAccuracy!),
      concurrent: false,
      measure: async ({ after }) => {
        probe ??= openProbe(model, { count: data.count, layers: [], loss: lossOf(plan.training) });
        const { accuracy, loss } = await (await probe).evaluate(after, data);
        return [{ values: { accuracy: determined(accuracy), loss: determined(loss) } }];
      },
      close: async () => (await probe)?.close(),
    };
  },
};
