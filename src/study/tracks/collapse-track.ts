import { InputError } from '../../errors/input-error.ts';
import type { TrackHeader } from '../../measurements/run-header.ts';
import { neuralCollapse as signsOf } from '../../mechanisms/representations/neural-collapse.ts';
import { openProbe, type Probe } from '../../training/probe.ts';
import { dueSteps } from '../due-steps.ts';
import type { TrackKind } from './track-kind.ts';

const header: TrackHeader = {
  id: 'neural-collapse',
  series: ['variability', 'equinorm', 'equiangular', 'self_duality', 'nearest_mean'],
  subjects: [{ name: 'network', rows: null, columns: null }],
  spectra: false,
};

/** The signs of neural collapse, of the last hidden layer's outputs on all training examples: see `neuralCollapse` in `mechanisms`. */
export const neuralCollapse: TrackKind = {
  key: 'neuralCollapse',
  id: header.id,
  assert: ({ architecture, architectureName }) => {
    if (
      architecture.family === 'mlp' ||
      architecture.family === 'cnn' ||
      architecture.family === 'transformer'
    )
      return;
    const allowed = 'only for networks that end in a classifier: mlp, cnn, transformer';
    throw new InputError({ field: 'neuralCollapse', value: architectureName, allowed });
  },
  open: (plan, model, data) => {
    // What the classifier reads: the layer before it, or what it makes of several positions.
    const last = model.layers[model.layers.length - 2] ?? model.layers[0];
    const classifier = model.layers[model.layers.length - 1].name;
    let probe: Promise<Probe> | null = null;
    return {
      header,
      isDue: dueSteps(plan.neuralCollapse!),
      concurrent: false,
      measure: async ({ after }) => {
        probe ??= openProbe(model, {
          count: data.count,
          layers: [last.name],
          pooling: 'position-mean',
          stage: 'after-nonlinearity',
        });
        const { activations } = await (await probe).read(after, data.inputs);
        const { data: values, shape } = activations.get(last.name)!;
        const weights = after.get(`${classifier}.weight`)!;
        const { labels, classes } = data;
        const found = signsOf(
          { matrix: { data: values, rows: shape[0], columns: shape[1] }, labels, classes },
          {
            weights: { data: weights.data, rows: weights.shape[0], columns: weights.shape[1] },
            bias: after.get(`${classifier}.bias`)?.data ?? new Float32Array(classes),
          },
        );
        return [
          {
            values: {
              variability: found.variability,
              equinorm: found.equinorm,
              equiangular: found.equiangular,
              self_duality: found.selfDuality,
              nearest_mean: found.nearestMean,
            },
          },
        ];
      },
      close: async () => (await probe)?.close(),
    };
  },
};
