import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSafetensors } from '../../dist/checkpoints/safetensors.js';
import { participationRatio } from '../../dist/spectra/metrics/participation-ratio.js';
import { stableRank } from '../../dist/spectra/metrics/stable-rank.js';

/**
 * The runs of a folder of safetensors files, with what was done to them: `{ run, network, condition, changedAt, seed }`.
 *
 * @param folder files as bench/train-interventions.mjs writes them.
 * @param options `loss`: the tensor that is the loss; `every`: keep each so many-th measurement only.
 */
export function readRuns(folder, { loss = 'loss', every = 1 } = {}) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.safetensors'))
    .sort()
    .map((name) => readRun(join(folder, name), name.replace('.safetensors', ''), { loss, every }));
}

function readRun(file, id, { loss, every }) {
  const { metadata, tensors } = readSafetensors(readFileSync(file), file);
  const kept = Array.from(tensors.get('step').data, Number).flatMap((_, i) => (i % every === 0 ? [i] : []));
  const column = (name) => {
    const tensor = tensors.get(name);
    if (tensor === undefined) throw new Error(`${file} has no tensor ${name}`);
    return Float64Array.from(kept, (i) => Number(tensor.data[i]));
  };
  const names = [...tensors.keys()].filter((name) => name.startsWith('singular_values.'));
  const depthOf = (name) => Number(name.split('.')[1]);
  const layers = names
    .sort((a, b) => depthOf(a) - depthOf(b))
    .map((name, depth) => {
      const { data, shape } = tensors.get(name);
      const spectra = kept.map((i) => Float64Array.from(data.subarray(i * shape[1], (i + 1) * shape[1])));
      return layerOf(name.split('.').slice(2).join('.'), depth, spectra);
    });
  const { network, condition, changed_at: changedAt, seed } = metadata;
  const run = {
    ...bare,
    id,
    architecture: network,
    seed: Number(seed),
    layers,
    steps: column('step'),
    loss: column(loss),
  };
  return { run, network, condition, changedAt: isControl(condition) ? null : Number(changedAt), seed };
}

/** Whether nothing changes in such runs but, at most, the order of the batches. */
export const isControl = (condition) => condition === 'none' || condition === 'z';

const bare = {
  family: 'unknown',
  dataset: 'unknown',
  classes: null,
  hyperparameters: {},
  parameterCount: null,
  plannedSteps: 0,
  gradientNorm: new Float64Array(0),
  evaluations: [],
  complete: true,
  stopped: null,
};

/** A layer with the metrics of its spectra. */
function layerOf(name, depth, spectra) {
  const valuesOf = (metric) =>
    Float64Array.from(spectra, (singularValues) => {
      const result = metric({ singularValues, reliable: singularValues.length, centring: 'columns' });
      return result.determined ? result.value : Number.NaN;
    });
  const series = new Map(
    Object.entries({ participation_ratio: participationRatio, stable_rank: stableRank }).map(
      ([metric, of]) => [
        metric,
        { metric, centring: 'columns', origin: 'measured', values: valuesOf(of), undetermined: [] },
      ],
    ),
  );
  return {
    name,
    kind: 'unknown',
    depth,
    samples: null,
    features: null,
    pooling: null,
    series,
    spectra: { centred: spectra, raw: null },
  };
}
