import type { RunDynamics } from '../../src/dynamics/analyze-run.ts';
import type { Run } from '../../src/measurements/types.ts';
import type { ReportInput } from '../../src/report/types.ts';
import { dynamics, layers, steps } from '../figures/example-figures.ts';

/** A name that would run a program in a page that did not escape it. */
export const hostile = `"><img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;

function run(id: string, family: Run['family'], dataset: string, accuracy: number): Run {
  return {
    id,
    architecture: `${family}_small`,
    family,
    dataset,
    classes: 10,
    seed: 3,
    hyperparameters: { optimizer: 'adam', 'learning rate': 0.001 },
    parameterCount: 1234,
    plannedSteps: 200,
    layers: layers.map(({ name, values }, depth) => ({
      name,
      kind: 'linear',
      depth,
      samples: 160,
      features: 32,
      pooling: null,
      series: new Map([
        [
          'stable_rank',
          { metric: 'stable_rank', centering: 'columns', origin: 'measured', values, undetermined: [] },
        ],
        [
          'rank_90',
          {
            metric: 'rank_90',
            centering: 'columns',
            origin: 'measured',
            values: values.map(Math.ceil),
            undetermined: [],
          },
        ],
      ]),
      spectra: null,
    })),
    steps,
    loss: steps.map((step) => 2.3 / (1 + step / 30)),
    gradientNorm: steps.map(() => 1),
    evaluations: [
      { step: 0, accuracy: 0.1, examples: 100 },
      { step: 195, accuracy, examples: 100 },
    ],
    complete: true,
    stopped: null,
  };
}

function analyzed(runId: string): RunDynamics {
  return {
    runId,
    seriesId: 'stable_rank',
    detector: 'mean-shift',
    alpha: 0.05,
    layers: dynamics,
    convergenceOrder: {
      pattern: 'undefined',
      reason: 'two layers stabilized',
      tau: null,
      pValue: null,
      smallestPValue: null,
      method: null,
      layers: { stabilized: 1, moving: 1, constant: 0, unmoved: 0, undetermined: 1 },
    },
    runChanges: { testable: false, reason: 'measured 40 times only' },
    criticalPeriods: {
      layers: [],
      steps: [...steps.subarray(1)],
      coordination: {
        determined: true,
        layers: 3,
        baseRate: 0.1,
        shifts: 999,
        share: [...steps.subarray(1)].map((step) => (step === 60 ? 1 : 0)),
        maximum: { share: 1, step: 60, pValue: 0.004 },
        threshold: 2 / 3,
        alpha: 0.05,
        periods: [{ from: 55, to: 60, peakShare: 1 }],
      },
      loss: { determined: false, reason: 'the loss never rises' },
    },
  };
}

const untested = {
  layers: 0,
  rate: { count: 0, layerSteps: 0, determined: false, reason: 'no testable layer' },
} as const;

/** Three runs, the last of them named by somebody hostile, and one finding of each sort that matters to the page. */
export function exampleStudy(): ReportInput {
  const runs = [
    run('mlp_digits', 'mlp', 'digits', 0.9),
    run('cnn_digits', 'cnn', 'digits', 0.97),
    run(hostile, 'mlp', hostile, 0.5),
  ];
  return {
    manifest: {
      schemaVersion: 1,
      tool: { name: 'rankscope', version: '0.0.0' },
      title: `A small study </title>${hostile}`,
      origin: 'trained',
      source: null,
      settings: { note: hostile },
      machine: { cores: 2 },
      runs: runs.map(({ id }) => id),
    },
    runs,
    analysis: {
      seriesId: 'stable_rank',
      detector: 'mean-shift',
      alpha: 0.05,
      seed: 0,
      runs: runs.map(({ id }) => analyzed(id)),
      seedGroups: [],
      heldRunChanges: {
        inRuns: {
          ...{ method: 'Benjamini-Hochberg over runs', rate: 0.05 },
          ...{ tested: 0, changed: 0, holding: 0, threshold: 0 },
        },
        overSeeds: null,
      },
      heldStretches: {
        inRuns: {
          ...{ method: 'Benjamini-Hochberg over series', rate: 0.05 },
          ...{ series: 6, found: 6, holding: 6, threshold: 0.05 },
        },
        overSeeds: null,
      },
      advice: [{ setting: 'every', series: 3, message: `Measure ${hostile} more often.` }],
      rates: [
        {
          by: 'family',
          group: 'mlp',
          runs: 2,
          layers: 6,
          rate: { count: 4, layerSteps: 1170, determined: true, per1000: 3.4, interval: [0.9, 8.7] },
          detected: untested,
        },
        {
          by: 'family',
          group: 'cnn',
          runs: 1,
          layers: 0,
          rate: { count: 0, layerSteps: 0, determined: false, reason: 'no testable layer' },
          detected: untested,
        },
      ],
      jumpTypes: { determined: false, reason: 'six changes are too few', excluded: 0 },
      falseDiscoveries: { determined: false, reason: 'the detector gives no p-values' },
    },
    findings: [
      {
        id: 'early-changes',
        claim: `Changes come early ${hostile}`,
        statistic: 'share of changes before a tenth of training',
        effect: { value: 0.25, interval: [0.01, 0.81], unit: 'share' },
        null: { model: 'uniform steps', pValue: 0.00001, adjustedPValue: 0.4 },
        runs: ['mlp_digits', 'cnn_digits'],
        checks: ['few changes'],
        verdict: 'not distinguishable from null',
        reason: 'The interval covers 0.1.',
        figure: 'figures/jumps.svg',
      },
      {
        id: 'late-changes',
        claim: 'No change comes late',
        statistic: 'changes after half of training',
        effect: null,
        null: null,
        runs: [],
        checks: [],
        verdict: 'not testable',
        reason: 'No run was long enough.',
      },
    ],
    warnings: [
      { run: null, layer: null, check: 'seeds', severity: 'warning', message: 'One seed per network.' },
      {
        run: hostile,
        layer: hostile,
        check: 'gaps',
        severity: 'error',
        message: `Four values are missing ${hostile}`,
      },
    ],
    reproduce: { commands: ['rankscope report study --out report'], notes: [hostile] },
  };
}
