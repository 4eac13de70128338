import type { StudyFileInput } from './study-schema.ts';

const mlps = [
  'mlp_shallow_2',
  'mlp_medium_5',
  'mlp_deep_10',
  'mlp_verydeep_15',
  'mlp_narrow',
  'mlp_medium',
  'mlp_wide',
  'mlp_verywide',
];
const cnns = ['cnn_shallow', 'cnn_medium', 'cnn_deep'];
const transformers = ['transformer_shallow', 'transformer_medium', 'transformer_deep', 'transformer_narrow'];

/**
 * The 55 runs of the study *Neural Dimensionality Tracking* (Javihaus/ndt, 2025): its networks, data sets, training and
 * layers. 1,500 examples, batches of 32, Adam at 1e-3 and 2,000 steps are this program's defaults too. The logs of nine
 * runs on MNIST end in epoch 13, not 43: those were trained on some 5,000 examples.
 */
const publishedRuns: StudyFileInput = {
  architectures: [...mlps, ...cnns, ...transformers],
  datasets: ['mnist', 'fashion_mnist', 'qmnist', 'ag_news'],
  except: [
    ...cnns.map((architecture) => ({ architecture, dataset: 'ag_news' })),
    { architecture: 'transformer_narrow', dataset: 'qmnist' },
    { architecture: 'transformer_narrow', dataset: 'ag_news' },
  ],
  overrides: [
    {
      architectures: [...mlps, 'transformer_shallow'],
      datasets: ['mnist'],
      training: { examples: 5000 },
    },
  ],
};

/** Densely at the start, where most changes are. */
const aroundEarlyChanges = { every: 20, at: Array.from({ length: 30 }, (_, i) => 2 * i) };

/** Ready-made studies, by name. */
export const presets: Readonly<Record<string, StudyFileInput>> = {
  demo: {
    title: 'Three MLPs learn drawn digits',
    architectures: ['mlp_shallow_2', 'mlp_narrow', 'mlp_medium'],
    datasets: ['drawn_digits'],
    seeds: [0, 1, 2],
    weights: { every: 100 },
    gradientNoise: { every: 100 },
    sharpness: { every: 200 },
  },
  /** As published: one seed (theirs was not recorded), and transformer layers averaged over their features. */
  published: {
    title: 'The 55 published runs, as published',
    ...publishedRuns,
    seeds: [0],
    measurement: { pooling: 'published' },
  },
  /**
   * Measured rightly: three seeds, so that chance can be told from pattern; every layer by its features; the output
   * projections of attention, of which the published study speaks but which it did not measure; and the weights and the
   * noise of their gradients. Sharpness would take longer than the training: ask for it where it is needed.
   */
  'published-sound': {
    title: 'The 55 published runs, three seeds, measured by features',
    ...publishedRuns,
    seeds: [0, 1, 2],
    measurement: {
      pooling: 'features',
      layers: [
        'linear',
        'convolution',
        'input-projection',
        'attention-output',
        'feed-forward-in',
        'feed-forward-out',
        'classifier',
      ],
    },
    weights: { every: 100 },
    gradientNoise: { every: 200 },
  },
  /**
   * What goes with changes: three small networks with everything around their early changes measured. What goes on at
   * checkpoints too: `rankscope train --preset open-questions --plan-from-first-pass`.
   */
  'open-questions': {
    title: 'What changes in a network when its representations do?',
    architectures: [
      { name: 'mlp_small', family: 'mlp', hidden: [32, 32] },
      { name: 'cnn_small', family: 'cnn', channels: [8, 16] },
      { name: 'transformer_small', family: 'transformer', width: 16, heads: 4, blocks: 2 },
    ],
    datasets: ['drawn_digits'],
    seeds: [0, 1, 2, 3],
    training: { steps: 600 },
    measurement: { every: 2 },
    evaluation: { every: 50, examples: 500 },
    weights: aroundEarlyChanges,
    gradientNoise: { ...aroundEarlyChanges, examples: 128 },
    sharpness: { ...aroundEarlyChanges, examples: 64 },
  },
  /** Whether hyper-parameters move changes: learning rate × batch × width × seed. */
  sweep: {
    title: 'Do learning rate, batch size and width move changes?',
    architectures: [16, 32, 64].map((width) => ({
      name: `mlp_width_${width}`,
      family: 'mlp',
      hidden: [width, width],
    })),
    datasets: ['drawn_digits'],
    seeds: [0, 1, 2, 3],
    training: { steps: 200 },
    grid: { learningRate: [0.0005, 0.0015, 0.0045], batchSize: [16, 32, 64] },
    measurement: { every: 1 },
    evaluation: { every: 100, examples: 200 },
  },
};
