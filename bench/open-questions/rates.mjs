import { withSeries } from '../../dist/derived/derive-series.js';
import { detectors } from '../../dist/detectors/registry.js';
import { describeCurve } from '../../dist/dynamics/stretches/describe-curve.js';
import { clusterAverages } from '../../dist/hypotheses/seed-clusters.js';
import { meanInterval } from '../../dist/numerics/sign-flip.js';

const metrics = ['participation_ratio', 'stable_rank', 'effective_rank', 'rank_90', 'nuclear_norm_ratio'];

/** How changes are found: steps at which they are half-way, or null where the series cannot be looked at. */
const finders = {
  'rises and falls': (series) => {
    const curve = describeCurve(series);
    return curve.described ? curve.stretches.flatMap(({ half }) => (half === null ? [] : [half.step])) : null;
  },
  jumps: (series) => {
    const curve = describeCurve(series);
    if (!curve.described) return null;
    return curve.stretches.flatMap(({ half, pace }) => (pace === 'jump' ? [half.step] : []));
  },
  'local-cubic': (series) => detected('local-cubic', series),
  'published-z': (series) => detected('published-z', series),
};

function detected(name, series) {
  const detection = detectors[name].detect(series, { alpha: 0.05 });
  return detection.testable ? detection.changes.map(({ step }) => step) : null;
}

/** Shares of training. */
const parts = [
  [0, 0.1],
  [0.1, 0.5],
  [0.5, 1],
];

/**
 * Rates of changes by metric and finder in parts of training: per layer and 1,000 steps, and per layer and doubling of the
 * step (from step 1 on), means over groups of seeds with 95 % intervals.
 */
export function rateRows(runs) {
  const header = [
    'metric',
    'found as',
    'first tenth',
    'to the half',
    'second half',
    'per doubling: first tenth',
    'to the half',
    'second half',
  ];
  return [
    header,
    ...metrics.flatMap((metric) => {
      const measured = runs.map((run) => withSeries(run, metric));
      return Object.entries(finders).map(([finder, find]) => {
        const found = measured.map((run) =>
          run.layers.map(({ series }) => find({ steps: run.steps, values: series.get(metric).values })),
        );
        const rates = (exposure) =>
          parts.map(([from, to]) =>
            withInterval(
              clusterAverages(measured, (run, r) => {
                const end = run.steps.at(-1) + 1;
                const known = found[r].filter((steps) => steps !== null);
                if (known.length === 0) return null;
                const inside = known.flat().filter((step) => step >= from * end && step < to * end);
                return inside.length / known.length / exposure(from * end, to * end);
              }).means,
            ),
          );
        return [
          ...[metric, finder],
          ...rates((from, to) => (to - from) / 1000),
          ...rates((from, to) => Math.log2(to / Math.max(1, from))),
        ];
      });
    }),
  ];
}

function withInterval(means) {
  if (means.length === 0) return 'not testable';
  const center = means.reduce((sum, value) => sum + value, 0) / means.length;
  const interval = meanInterval(means);
  const text = (value) => value.toFixed(2);
  return interval === null
    ? text(center)
    : `${text(center)} [${interval.map((end) => text(Math.max(0, end))).join(', ')}]`;
}
