import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ndtArchitectures, ndtDatasets, ndtLayers } from '../../src/imports/ndt/ndt-architectures.ts';
import { createRandom, type Random } from '../../src/numerics/random.ts';
import { PLANNED_EXPERIMENTS } from '../../src/published/checkpoint-plan.ts';

const measurements = 400;

/** A transformer, a CNN and an MLP: the runs that the published second phase needs. */
export const plannedRuns: readonly string[] = PLANNED_EXPERIMENTS;

/** As many more as an interval over runs needs. */
export const enoughRuns: readonly string[] = [
  ...plannedRuns,
  'mlp_shallow_2_mnist',
  'mlp_wide_mnist',
  'cnn_shallow_mnist',
  'cnn_medium_mnist',
];

/**
 * Writes logs as the published program wrote them, of runs on MNIST. Layers start with few dimensions and gain some at a
 * step of their own; the logged stable rank is 1 but for rounding, as published.
 */
export function writePublishedLogs(folder: string, runs: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  for (const id of runs) writeFileSync(join(folder, `${id}.json`), JSON.stringify(publishedLog(id)));
}

function publishedLog(id: string) {
  const architecture = id.replace(/_mnist$/, '');
  const random = createRandom(id);
  const layers = ndtLayers(ndtArchitectures.get(architecture)!, ndtDatasets.get('mnist')!);
  const curves = layers.map(({ name, features }) => ({
    name,
    record: layerRecords(features!, random.fork(name)),
  }));
  return {
    arch_name: architecture,
    dataset_name: 'mnist',
    num_steps: 5 * measurements,
    measurement_interval: 5,
    final_accuracy: 0.93,
    elapsed_time: 100,
    architecture_params: {
      depth: layers.length,
      width: 64,
      min_width: 10,
      max_width: 256,
      num_params: 28618,
      connectivity: 0.5,
    },
    measurements: Array.from({ length: measurements }, (_, i) => ({
      step: 5 * i,
      epoch: 1 + Math.floor((5 * i) / 47),
      loss: 2.3 / (1 + i / 20) + 0.1 * random.uniform(),
      grad_norm: 1 + random.uniform(),
      layer_metrics: Object.fromEntries(curves.map(({ name, record }) => [name, record(i)])),
    })),
  };
}

/** The four logged metrics of singular values that fall geometrically, less steeply after the layer's own step. */
function layerRecords(features: number, random: Random): (i: number) => Record<string, number> {
  const changesAt = random.integer(measurements);
  return (i) => {
    const ratio = (i > changesAt ? 0.6 : 0.4) + 0.01 * random.normal();
    const values = Array.from({ length: features }, (_, k) => ratio ** k);
    const squares = values.map((value) => value * value);
    const [sum, power] = [values, squares].map((terms) => terms.reduce((total, term) => total + term));
    let [rank90, explained] = [0, 0];
    while (explained < 0.9 * power) explained += squares[rank90++];
    return {
      stable_rank: 1 + Number.EPSILON * Math.round(0.5 * random.normal() + (i > changesAt ? 3 : 0)),
      participation_ratio: sum ** 2 / power,
      effective_rank_90: rank90,
      nuclear_norm_ratio: sum,
    };
  };
}
