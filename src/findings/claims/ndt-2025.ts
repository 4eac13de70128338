import type { ClaimsFileInput } from '../audit/claims-file.ts';

/**
 * What the project Neural Dimensionality Tracking concluded from its 55 published runs (November 2025): its README and
 * integrated report, claim by claim.
 */
export const ndt2025: ClaimsFileInput = {
  title: 'Neural Dimensionality Tracking, 2025',
  // QMNIST is MNIST with its history restored: the two share their training digits.
  dependentDatasets: [['mnist', 'qmnist']],
  asPublished: { series: 'stable_rank.logged', axis: 'index', detector: 'published-z' },
  // The study's early/late comparison; its integrated report counts 2,491 early and 500 mid jumps.
  tallies: [
    {
      name: 'jumps by phase',
      total: 2991,
      categories: [
        { name: 'early', value: 2241 },
        { name: 'mid', value: 498 },
        { name: 'late', value: 0 },
      ],
    },
  ],
  claims: [
    {
      id: '1',
      claim: 'Dimensionality is stable from step 0, set by the architecture.',
      kind: 'stable-from-start',
    },
    {
      id: '2',
      claim: '83.3 % of jumps fall in the first 10 % of training.',
      kind: 'share-of-jumps-before',
      fraction: 0.1,
      claimed: 0.833,
    },
    {
      id: '3',
      claim: 'No jump falls in the second half of training.',
      kind: 'no-jumps-after',
      fraction: 0.5,
    },
    {
      id: '4a',
      claim: 'Transformers jump most.',
      kind: 'rate-ratio-between-groups',
      by: 'family',
      of: 'transformer',
      over: ['cnn', 'mlp'],
    },
    // 45 jumps in cnn_deep_mnist, 18 in mlp_narrow_mnist.
    {
      id: '4b',
      claim: 'CNNs jump 2.5 times as often as MLPs.',
      kind: 'rate-ratio-between-groups',
      by: 'family',
      of: 'cnn',
      over: ['mlp'],
      claimed: 2.5,
    },
    {
      id: '5',
      claim: 'All jumps of transformers sit in attention output projections.',
      kind: 'share-of-jumps-in-kind',
      family: 'transformer',
      layerKind: 'attention-output',
      measuredKind: 'feed-forward-out',
      claimed: 1,
    },
    // 23 of 45 jumps of one run, cnn_deep_mnist; over all nine CNNs its table has 164 of 297.
    {
      id: '6',
      claim: '51 % of the jumps of CNNs sit in the first convolution.',
      kind: 'share-of-jumps-in-first-layer-of-kind',
      family: 'cnn',
      layerKind: 'convolution',
      claimed: 0.51,
    },
    {
      id: '7',
      claim: 'Layers are strongly coordinated in 49 of 55 runs.',
      kind: 'coordination-share',
      claimed: 49 / 55,
      rule: 0.3,
    },
    {
      id: '8',
      claim: 'Jumps go with drops of the loss: the loss falls in 56.8 % of critical periods.',
      kind: 'loss-coupling',
      claimed: 0.568,
    },
    { id: '9', claim: 'There are five types of jumps.', kind: 'jump-types', claimed: 5 },
    {
      id: '10',
      claim: 'Early jumps are the escape from initialization.',
      kind: 'jumps-with-initial-transient',
    },
    {
      id: '11',
      claim: 'No capability is acquired late in training.',
      kind: 'no-late-learning',
      fraction: 0.5,
    },
    {
      id: '12',
      claim: 'Convolution filters are final at step 100.',
      kind: 'filters-fixed-since',
      step: 100,
      layerKind: 'convolution',
    },
  ],
};
