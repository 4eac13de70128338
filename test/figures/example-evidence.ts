import type { Evidence } from '../../src/findings/audit/evidence.ts';

export const words = { title: 'What it shows', caption: 'How to read it.' };
const steps = Float64Array.from({ length: 40 }, (_, i) => 5 * i);

/** One small example of every kind of evidence. */
export const evidenceExamples: Readonly<Record<Evidence['kind'], Evidence>> = {
  'event-times': {
    ...words,
    kind: 'event-times',
    boundary: 200,
    panels: [
      { label: 'Index: 3 jumps', times: [0, 10, 399], length: 2000 },
      { label: 'Steps: 0 jumps', times: [], length: 2000 },
    ],
  },
  estimates: {
    ...words,
    kind: 'estimates',
    axis: 'Share of jumps',
    claimed: 0.51,
    expected: 0.25,
    rows: [
      { label: 'one', value: 0.3, interval: [0.1, 0.5], note: '12 jumps' },
      { label: 'other', value: 0.4, interval: null, note: '3 jumps' },
    ],
  },
  thresholds: {
    ...words,
    kind: 'thresholds',
    axis: 'Largest share',
    rows: [
      { label: 'beyond', value: 0.8, threshold: 0.5 },
      { label: 'not beyond', value: 0.4, threshold: 0.5 },
      { label: 'never beyond', value: 1, threshold: null },
    ],
  },
  'gap-curve': {
    ...words,
    kind: 'gap-curve',
    chosen: 1,
    claimed: 5,
    curve: [1, 2, 3, 4, 5, 6].map((clusters) => ({ clusters, gap: 1 / clusters, standardError: 0.05 })),
  },
  'logged-recovered': {
    ...words,
    kind: 'logged-recovered',
    logged: 'stable_rank.logged',
    recovered: 'stable_rank.raw',
    steps,
    layers: [{ name: 'fc', logged: steps.map(() => 1), recovered: steps.map((step) => 1 + step / 100) }],
  },
};
