const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const json = (value: unknown): Uint8Array => encode(JSON.stringify(value));

export function csvTables(): Uint8Array[] {
  return [
    encode('step,loss,accuracy\n0,2.3,0.1\n5,1.5,0.5\n10,NaN,\n15,0.7,0.9\n'),
    encode('1.5\n-2e-3\n.5\n\n4\n'),
    encode('a;"b; c"\r\n1;2\r\n3;4\r\n'),
    encode('\ufeffx\ty\n1\t2\n'),
  ];
}

export function jsonSeriesFiles(): Uint8Array[] {
  return [
    json([1, 2.5, null, -4]),
    json({ loss: [3, 2, 1], accuracy: { steps: [0, 5], values: [0.1, 0.2] } }),
    encode('{"steps": [0, 5, 10], "values": [NaN, 1, -Infinity]}'),
  ];
}

export function jsonLines(): Uint8Array[] {
  return [
    encode('{"step": 0, "loss": 1.5, "val": {"loss": null}}\n{"step": 5, "loss": NaN, "tag": "a"}\n'),
    encode('{"_step": 0, "x": "Infinity", "histogram": [1, 2]}\r\n{"_step": 1, "x": true}'),
  ];
}

export function agNews(): Uint8Array[] {
  return [
    encode(
      '"3","A ""b""","c, d"\n"1","Wall St. Bears","Short-sellers, Wall Street\'s band, are seeing green again."\n',
    ),
    encode('2,Title,Words of a description\n4,Other,More words\n'),
  ];
}

export function studyFiles(): Uint8Array[] {
  return [
    encode(`# a study
title: "Width, and how fast"
architectures: [mlp_narrow, {name: mine, family: mlp, hidden: [64, 32]}, {name: eye, family: cnn, channels: [8]}]
datasets:
  - drawn_digits
  - mnist
seeds: [0, 1, 2]
training: &training {steps: 20, examples: 150, optimizer: adamw, weightDecay: 0.01, schedule: cosine, warmup: 5}
overrides:
  - architectures: [mine]
    training: {learningRate: 1.0e-2}
grid: {learningRate: [0.001, 0.01]}
measurement: {every: 5, samples: 16, layers: [linear], pooling: features}
weights: {every: 10}
sharpness: {at: [0, 10]}
`),
    json({ architectures: ['mlp_wide'], datasets: ['drawn_digits'], substitutes: { mnist: 'drawn_digits' } }),
  ];
}

export function planFiles(): Uint8Array[] {
  return [json({ steps: [0, 10, 995] }), ...fullPlanFiles()];
}

export function fullPlanFiles(): Uint8Array[] {
  const window = { layer: 'fc', before: 5, during: 40, after: 80 };
  const quiet = { change: 'none', pace: null, pValue: null, controlOf: 0, quiet: 'level' };
  const windows = [
    { ...window, change: 'rise', pace: 'jump', pValue: 0.001, controlOf: null, quiet: null },
    { ...window, ...quiet },
  ];
  return [
    json({
      ...{
        format: 'rankscope-plan',
        schemaVersion: 1,
        strategy: 'targeted',
        metric: 'stable_rank',
        steps: [5, 40, 80],
      },
      runs: [{ run: 'mine', steps: [5, 40, 80], windows, unmatched: [{ window: 0, reason: 'none' }] }],
    }),
  ];
}

export function claimsFiles(): Uint8Array[] {
  return [
    encode(`title: Mine
dependentDatasets: [[mnist, qmnist]]
asPublished: {series: stable_rank.logged, axis: index, detector: published-z}
tallies:
- name: jumps
  total: 10
  categories: [{name: early, value: 7}, {name: late, value: 3}]
claims:
  - {id: late, kind: no-jumps-after, fraction: 0.5, claim: Nothing jumps late.}
  - id: still
    kind: stable-from-start
    claim: |
      It stands
      still.
`),
    json({
      title: 'A',
      claims: [{ id: 'a', kind: 'no-late-learning', claim: 'It learns early.', fraction: 0.5 }],
    }),
  ];
}

export function annotatedSeries(): Uint8Array[] {
  return [
    json({
      name: 'bank',
      longname: 'Bank',
      n_obs: 4,
      n_dim: 1,
      time: { index: [0, 1, 2, 3] },
      series: [{ label: 'V1', type: 'float', raw: [1, 2, null, 4] }],
    }),
    json({ name: 'two', n_obs: 2, n_dim: 2, series: [{ raw: [1, 2] }, { raw: [3, 4.5] }] }),
  ];
}

export function annotations(): Uint8Array[] {
  return [json({ bank: { 6: [1, 2], 7: [] }, two: { 6: [1] } })];
}

export function checkpointPlans(): Uint8Array[] {
  return [
    encode(`{
  "cnn_deep_mnist": {"jumps": [{"type": "Type 3 (mid, moderate)", "step": 11, "layer": "conv_layers.0"}, {"type": "Type 5 (early, large)", "step": 1, "layer": "fc"}], "checkpoint_steps": []},
  "mean": 1.0, "nan": NaN, "e": 1e-05, "empty": {}
}`),
  ];
}

export function publishedTables(): Uint8Array[] {
  return [
    encode('experiment,layer,step,magnitude\r\ncnn_deep_mnist,conv_layers.0,12,1.5e-14\r\nmlp,"a, b",3,\r\n'),
  ];
}

/** A log of Neural Dimensionality Tracking: a network of three layers, four measurements. */
export function ndtLogs(): Uint8Array[] {
  const metrics = (base: number) => ({
    stable_rank: 1 - 1e-12,
    participation_ratio: 4 * base,
    effective_rank_90: base,
    nuclear_norm_ratio: 4 * base,
  });
  const log = {
    arch_name: 'mlp_shallow_2',
    dataset_name: 'mnist',
    num_steps: 20,
    measurement_interval: 5,
    final_accuracy: 0.9,
    architecture_params: {
      depth: 2,
      width: 96,
      min_width: 64,
      max_width: 128,
      num_params: 109_386,
      connectivity: 110.9,
    },
    measurements: Array.from({ length: 4 }, (_, i) => ({
      step: 5 * i,
      epoch: 1,
      loss: 2 - 0.1 * i,
      grad_norm: 1 + i,
      layer_metrics: { 'network.4': metrics(3), 'network.2': metrics(2), 'network.0': metrics(1) },
    })),
  };
  return [json(log), encode(JSON.stringify(log, null, 1).replace('0.999999999999', 'NaN'))];
}

export function submissions(): Uint8Array[] {
  const submission = {
    engine: 'slurm',
    job: '17',
    of: 4,
    tasks: [0, 1, 3],
    resources: { cpus: 1, options: [] },
  };
  const more = { cpus: 2, time: '4:00:00', memory: '4G', arrayLimit: 10, options: ['--account=lab'] };
  return [
    json(submission),
    encode(
      `${JSON.stringify(submission)}\n${JSON.stringify({ ...submission, job: '18', resources: more })}\n`,
    ),
  ];
}

export function slurmAnswers(): Uint8Array[] {
  return [
    encode('1|2|PENDING||JobArrayTaskLimit\n1|0|RUNNING|node07|None\n'),
    encode('12_0|COMPLETED|node07\n12_0.batch|COMPLETED|node07\n12_1|CANCELLED by 1000|None assigned\n'),
  ];
}
