import type { LayerDynamics } from '../../src/dynamics/analyze-run.ts';
import { layerPace } from '../../src/dynamics/layer-pace.ts';
import { describeCurve } from '../../src/dynamics/stretches/describe-curve.ts';
import { describeSeeds } from '../../src/dynamics/stretches/describe-seeds.ts';
import type { Stretch } from '../../src/dynamics/stretches/types.ts';
import { ablationBarsSpec } from '../../src/figures/ablation-bars.ts';
import { classTimesSpec } from '../../src/figures/class-times.ts';
import { comparedCurvesSpec } from '../../src/figures/compared-curves.ts';
import { criticalPeriodsSpec } from '../../src/figures/critical-periods.ts';
import { curvesSpec } from '../../src/figures/curves.ts';
import { evidenceFigures } from '../../src/figures/evidence-figures.ts';
import { heatmapSpec } from '../../src/figures/heatmap.ts';
import { jumpOverviewSpec } from '../../src/figures/jump-overview.ts';
import { jumpRateSpec } from '../../src/figures/jump-rate.ts';
import { layerSeriesSpec } from '../../src/figures/layer-series.ts';
import { type LeadCurve, leadCurvesSpec } from '../../src/figures/lead-curves.ts';
import { loggedRecoveredSpec } from '../../src/figures/logged-recovered.ts';
import { type MatrixPanel, matrixPanelsSpec } from '../../src/figures/matrix-panels.ts';
import { measureCoursesSpec } from '../../src/figures/measure-courses.ts';
import { metricLabel } from '../../src/figures/metric-label.ts';
import { stretchTimingSpec } from '../../src/figures/stretch-timing.ts';
import type { FigureSpec } from '../../src/figures/types.ts';
import { validityFalsePositivesSpec } from '../../src/figures/validity-false-positives.ts';
import { validityPowerSpec } from '../../src/figures/validity-power.ts';
import { weightSpectraSpec } from '../../src/figures/weight-spectra.ts';
import type { Evidence } from '../../src/findings/audit/evidence.ts';
import { timedMoves } from '../../src/findings/timing/first-moves.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { evidenceExamples } from './example-evidence.ts';
import { family, power } from './example-validity.ts';

/** Forty measurements, five steps apart. */
export const steps = Float64Array.from({ length: 40 }, (_, i) => 5 * i);

/** A level that rises to `to`, the slower the larger `scale`; a small ripple keeps lines apart. */
export function rise(to: number, scale: number): Float64Array {
  return steps.map((step, i) => to - (to - 1) / (1 + step / scale) + 0.05 * ((i * 7) % 5));
}

export const layers = [
  { name: 'network.0', values: rise(6, 20) },
  { name: 'network.2', values: rise(4, 60) },
  { name: 'fc', values: rise(3, 5).fill(Number.NaN, 10, 14) },
];

const near = { endValue: 5, furthest: 4, band: 0.4 };
const summary = {
  first: 1,
  last: 5,
  min: 1,
  max: 5,
  measurements: 40,
  undetermined: 0,
  undeterminedShare: 0,
};

export const dynamics: readonly LayerDynamics[] = [
  {
    layer: 'network.0',
    depth: 0,
    kind: 'linear',
    curve: describeCurve({ steps, values: layers[0].values }),
    stabilization: { status: 'stabilized', step: 120, index: 24, interval: [110, 130], ...near },
    summary,
    detection: {
      testable: true,
      changes: [change(50, 'increase', 6), change(150, 'decrease', 4)],
      tested: [0, 200],
    },
  },
  {
    layer: 'network.2',
    depth: 1,
    kind: 'linear',
    curve: describeCurve({ steps, values: layers[1].values }),
    stabilization: { status: 'moving', reason: 'still rising at the end', ...near },
    summary,
    detection: { testable: true, changes: [], tested: [0, 200] },
  },
  {
    layer: 'fc',
    depth: 2,
    kind: 'classifier',
    curve: { described: false, reason: 'an example', dropped: 0 },
    stabilization: { status: 'undetermined', reason: 'an example' },
    summary,
    detection: { testable: false, reason: 'fewer than eight distinct values' },
  },
];

/** A fall within 12 measurements and a recovery, of one seed or, with their band, of several. */
function leadCurve(depth: number, seeds: number): LeadCurve & { readonly stretches: readonly Stretch[] } {
  const runs = Array.from({ length: seeds }, (_, seed) => {
    const rng = createRandom(`lead ${depth} ${seed}`);
    const values = Float64Array.from({ length: 120 }, (_, i) => {
      const fall = 1 - 0.75 * Math.min(1, i / (10 + seed));
      return (
        (24 / (1 + depth)) * (fall + 0.2 * Math.min(1, Math.max(0, (i - 20) / 30))) + 0.05 * rng.normal()
      );
    });
    return { steps: values.map((_, i) => 5 * i), values };
  });
  const layer = `network.${2 * depth}`;
  if (seeds === 1) {
    const curve = describeCurve(runs[0]);
    if (!curve.described) throw new Error(curve.reason);
    return { layer, depth, ...runs[0], stretches: curve.stretches, turningPoints: curve.turningPoints };
  }
  const curve = describeSeeds(runs);
  if (!curve.described) throw new Error(curve.reason);
  const { steps: common, mean, low, high } = curve.curve;
  const { stretches, turningPoints } = curve;
  return { layer, depth, steps: common, values: mean, band: { low, high }, stretches, turningPoints };
}

export function change(step: number, direction: 'increase' | 'decrease', effect: number) {
  const index = step / 5;
  return {
    index,
    step,
    interval: [step - 5, step] as const,
    kind: 'level' as const,
    direction,
    effect,
    magnitude: 1,
    pValue: null,
  };
}

const loss = { steps, values: steps.map((step) => 2.3 / (1 + step / 30)), title: 'Training loss (nats)' };
const metric = metricLabel('stable_rank');
const rate = (count: number, per1000: number, low: number, high: number) =>
  ({ count, layerSteps: 80_000, determined: true, per1000, interval: [low, high] }) as const;

/** Eigenvalues whose density falls as λ^−2.5. */
const heavyTail = Float64Array.from({ length: 60 }, (_, rank) => ((rank + 0.5) / 40) ** (-1 / 1.5));

/** One small example of every kind of figure; each has a golden SVG of its name. */
/** Two heads over four tokens, before and after: the second learns to look back. */
function maps(focus: number, title: string): MatrixPanel {
  const rows = Array.from({ length: 4 }, (_, q) => {
    const weights = Array.from({ length: 4 }, (_, k) => Math.exp(k === q - 1 ? focus : 0));
    return weights.map((weight) => weight / weights.reduce((sum, w) => sum + w, 0));
  });
  return { title, values: rows.flat(), rows: 4, columns: 4 };
}

const course = (label: string, scale: number, seeds: number) => ({
  ...{ label, steps, mean: rise(scale, 30) },
  ...(seeds > 1 && { band: { low: rise(scale, 40), high: rise(1.1 * scale, 20) } }),
});

export const exampleFigures: Readonly<Record<string, FigureSpec>> = {
  'compared-curves': comparedCurvesSpec({
    title: 'Stable rank: mlp, drawn',
    subtitle: '2 runs of A, 1 run of B; bands: 95 % of the mean over seeds',
    metric,
    sides: { a: 'before', b: 'after' },
    panels: layers.slice(0, 2).map(({ name, values }) => ({
      layer: name,
      curves: [
        {
          ...{ side: 'a', steps, values },
          band: { low: values.map((value) => value - 0.5), high: values.map((value) => value + 0.5) },
        },
        { side: 'b', steps, values: values.map((value) => 1.5 * value) },
      ],
    })),
  }),
  'matrix-panels-attention': matrixPanelsSpec({
    title: 'What heads look at',
    rows: [
      { title: 'step 0', panels: [maps(0, 'head 0'), maps(0.2, 'head 1')] },
      { title: 'step 100', panels: [maps(0.1, 'head 0'), maps(4, 'head 1')] },
    ],
    x: { title: 'Key' },
    y: { title: 'Query' },
    color: { title: 'Probability, mean over examples', domain: [0, 1], scheme: 'viridis' },
    cell: [18, 18],
  }),
  'matrix-panels-filters': matrixPanelsSpec({
    title: 'Filters',
    rows: [
      {
        title: 'step 0',
        panels: [{ title: '0', values: [-1, 0, 1, -1, 0, 1, -1, 0, 1], rows: 3, columns: 3 }],
      },
    ],
    color: { title: 'Weight', domain: [-1, 1], scheme: 'blueorange' },
    cell: [16, 16],
  }),
  'measure-courses-seeds': measureCoursesSpec({
    title: 'Filters over training',
    subtitle: 'three seeds',
    legend: 'Weights',
    panels: [
      { yTitle: 'filter orthogonality', courses: [course('conv.0', 3, 3), course('conv.3', 2, 3)] },
      { yTitle: 'filter diversity', courses: [course('conv.0', 5, 3)] },
    ],
    marked: [
      { from: 0, to: 30, direction: 'fall' },
      { from: 60, to: 120, direction: 'rise' },
    ],
  }),
  'measure-courses-one': measureCoursesSpec({
    ...{ title: 'One run', legend: 'Layer', marked: [] },
    panels: [{ yTitle: 'selectivity', courses: [course('fc', 3, 1)] }],
  }),
  'ablation-bars': ablationBarsSpec({
    title: 'What is lost with each head',
    bars: ['zero', 'mean'].flatMap((replacement) => [
      { part: 'head 0', replacement, loss: 0.8 },
      { part: 'head 1', replacement, loss: replacement === 'mean' ? null : -0.05 },
    ]),
  }),
  'class-times': classTimesSpec({
    title: 'When classes are acquired',
    classes: ['0', '1', '2'],
    lastStep: 200,
    times: [
      { name: '0', run: 'a', acquired: 90, forgotten: null },
      { name: '0', run: 'b', acquired: 70, forgotten: 150 },
      { name: '1', run: 'a', acquired: 20, forgotten: null },
    ],
  }),
  'heatmap-absolute': heatmapSpec({ title: 'All layers on one scale', metric, steps, layers, dynamics }),
  'heatmap-per-layer': heatmapSpec(
    { title: 'Each layer on its own scale', metric, steps, layers, dynamics },
    { scale: 'per-layer' },
  ),
  'jump-overview': jumpOverviewSpec({
    title: 'Changes come early',
    lastStep: 195,
    firstStep: 5,
    jumps: [
      { family: 'mlp', run: 'a', layer: 'network.0', depth: 0, step: 50, direction: 'increase', effect: 6 },
      { family: 'mlp', run: 'a', layer: 'network.2', depth: 1, step: 65, direction: 'decrease', effect: 4 },
      { family: 'cnn', run: 'b', layer: 'fc', depth: 3, step: 150, direction: 'increase', effect: 12 },
    ],
  }),
  'jump-rate': jumpRateSpec({
    title: 'Networks change at similar rates',
    confidence: 0.95,
    rates: [
      { by: 'family', group: 'mlp', runs: 2, layers: 40, rate: rate(12, 0.15, 0.08, 0.26) },
      { by: 'family', group: 'cnn', runs: 2, layers: 30, rate: rate(3, 0.05, 0.01, 0.15) },
      { by: 'architecture', group: 'mlp_wide', runs: 2, layers: 40, rate: rate(12, 0.15, 0.08, 0.26) },
      {
        by: 'architecture',
        group: 'cnn_deep',
        runs: 1,
        layers: 0,
        rate: { count: 0, layerSteps: 0, determined: false, reason: 'no testable layer' },
      },
    ],
  }),
  'critical-periods': criticalPeriodsSpec({
    title: 'One coordinated period',
    coordination: {
      steps: steps.subarray(1),
      share: steps.subarray(1).map((step) => (step === 60 ? 1 : step % 15 === 0 ? 1 / 3 : 0)),
      threshold: 2 / 3,
      alpha: 0.05,
      nullModel: 'each layer shifted circularly in time',
    },
    pace: layerPace(
      steps,
      layers.slice(0, 2).map(({ values }) => ({ values, curve: describeCurve({ steps, values }) })),
    ),
    loss,
  }),
  'lead-curves': leadCurvesSpec({
    title: 'Every layer falls and recovers',
    metric,
    panels: [
      { title: 'mlp, digits (3 seeds)', threshold: 1, curves: [0, 1, 2].map((depth) => leadCurve(depth, 3)) },
      { title: 'cnn, digits (seed 0)', threshold: 0, curves: [leadCurve(1, 1)] },
    ],
  }),
  'stretch-timing': stretchTimingSpec({
    title: 'When layers rise and fall',
    steps: [5, 600],
    panels: ['mlp, digits (3 seeds)', 'cnn, a data set with a long name, learningRate 0.001 (3 seeds)'].map(
      (title) => ({
        title,
        layers: [0, 1, 2].map((depth) => {
          const { layer, stretches } = leadCurve(depth, 3);
          return { layer, depth, moves: timedMoves(stretches, depth === 2 ? 0 : 1) };
        }),
      }),
    ),
  }),
  'stretch-timing-many': stretchTimingSpec({
    title: 'Four networks',
    steps: [5, 600],
    panels: [0, 1, 2, 3].map((network) => ({
      title: `a_network_with_a_name_${network}`,
      layers: [0, 1].map((depth) => {
        const { stretches } = leadCurve(depth, 1);
        return { layer: `transformer.layers.${depth}.linear1`, depth, moves: timedMoves(stretches, 1) };
      }),
    })),
  }),
  'layer-series': layerSeriesSpec({
    title: 'Three seeds agree',
    metric,
    layers: layers.map(({ name, values }, depth) => ({
      name,
      changes: depth === 0 ? [50] : [],
      curves: [0, 1, 2].map((seed) => ({
        label: `seed ${seed}`,
        steps,
        values: values.map((value) => value + 0.1 * seed),
      })),
    })),
  }),
  curves: curvesSpec({
    title: 'Loss falls, accuracy rises',
    legend: 'Run',
    panels: [
      { yTitle: 'Training loss (nats)', scale: 'log', curves: [{ label: 'a', ...loss }] },
      {
        yTitle: 'Accuracy (share)',
        domain: [0, 1],
        curves: [{ label: 'b', steps, values: steps.map((step) => step / (step + 30)) }],
      },
    ],
  }),
  'curves-many': curvesSpec({
    title: 'Eight runs in two groups',
    legend: 'Data set',
    group: (label) => (Number(label) < 4 ? 'digits' : 'clothes'),
    panels: [
      {
        yTitle: 'Training loss (nats)',
        curves: Array.from({ length: 8 }, (_, run) => ({
          label: String(run),
          steps,
          values: loss.values.map((value) => value + run / 10),
        })),
      },
    ],
  }),
  'logged-recovered': loggedRecoveredSpec({
    title: 'The logged value is constant',
    logged: metricLabel('stable_rank.logged'),
    recovered: metricLabel('stable_rank.raw'),
    steps,
    layers: layers.map(({ name, values }) => ({ name, logged: values.map(() => 1), recovered: values })),
  }),
  'validity-false-positives': validityFalsePositivesSpec({
    title: 'It keeps its promise',
    rows: [family('white-noise', 50, 0.01), family('wander', 399, 0.4, false)],
    limit: 0.065,
  }),
  'weight-spectra': weightSpectraSpec('Two layers of a model', [
    { name: 'fc1.weight', eigenvalues: heavyTail, tail: { exponent: 2.5, from: 1, size: 40 }, edge: 3 },
    { name: 'fc2.weight', eigenvalues: heavyTail.map((value) => value / 4), tail: null, edge: null },
  ]),
  'validity-power': validityPowerSpec({
    title: 'It finds large changes',
    power: [1, 2, 4].map((size) => power('step', 'white-noise', size)),
  }),
  ...Object.fromEntries(
    Object.entries(evidenceExamples)
      .filter(([kind]) => kind !== 'logged-recovered')
      .map(([kind, shown]) => [`evidence-${kind}`, evidenceSpec(shown)]),
  ),
};

function evidenceSpec(shown: Evidence): FigureSpec {
  return evidenceFigures({ evidence: new Map([['shown', shown]]), alpha: 0.05 }).get('shown')!.spec;
}
