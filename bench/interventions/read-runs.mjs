import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSafetensors } from '../../dist/checkpoints/safetensors.js';
import { readStudy } from '../../dist/measurements/study-store.js';
import { participationRatio } from '../../dist/spectra/metrics/participation-ratio.js';
import { stableRank } from '../../dist/spectra/metrics/stable-rank.js';

/** Conditions under which nothing changes but, at most, the order of the batches. */
const controls = ['none', 'z'];

/**
 * The runs of a folder of safetensors files, with what was done to them: `{ run, network, condition, changedAt, seed }`, the step null
 * where nothing was.
 *
 * @param every keeps each so many-th measurement.
 */
export function readDataFolder(folder, every = 1) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.safetensors'))
    .sort()
    .map((name) => readFile(join(folder, name), name.replace('.safetensors', ''), every));
}

/** The same of a study of rankscope. */
export function readStudyFolder(folder, every = 1) {
  return readStudy(folder).runs.map((run) => {
    const kept = keptOf(run.steps.length, every);
    const layers = run.layers.map(({ name, depth, spectra }) =>
      layerOf(
        name,
        depth,
        kept.map((i) => spectra.centered[i]),
      ),
    );
    return {
      run: { ...run, layers, steps: picked(run.steps, kept), loss: picked(run.loss, kept) },
      network: run.architecture,
      condition: run.hyperparameters.condition ?? 'none',
      changedAt: run.events?.at(-1)?.step ?? null,
      seed: `${run.seed}`,
    };
  });
}

function readFile(file, id, every) {
  const { metadata, tensors } = readSafetensors(readFileSync(file), file);
  const kept = keptOf(tensors.get('step').shape[0], every);
  const layers = [...tensors.keys()]
    .filter((name) => name.startsWith('singular_values.'))
    .map((name) => ({ name, depth: Number(name.split('.')[1]) }))
    .sort((a, b) => a.depth - b.depth)
    .map(({ name, depth }) => {
      const { data, shape } = tensors.get(name);
      const spectra = kept.map((i) => Float64Array.from(data.subarray(i * shape[1], (i + 1) * shape[1])));
      return layerOf(name.split('.').slice(2).join('.'), depth, spectra);
    });
  const { network, condition, changed_at: changedAt, seed } = metadata;
  return {
    run: {
      ...bare,
      id,
      architecture: network,
      seed: Number(seed),
      layers,
      steps: picked(tensors.get('step').data, kept),
      loss: picked(tensors.get('loss').data, kept),
    },
    network,
    condition,
    changedAt: controls.includes(condition) ? null : Number(changedAt),
    seed,
  };
}

function keptOf(n, every) {
  return Array.from({ length: n }, (_, i) => i).filter((i) => i % every === 0);
}

function picked(values, kept) {
  return Float64Array.from(kept, (i) => Number(values[i]));
}

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
  const series = new Map(
    Object.entries({ participation_ratio: participationRatio, stable_rank: stableRank }).map(
      ([metric, of]) => {
        const values = Float64Array.from(spectra, (singularValues) => {
          const result = of({ singularValues, reliable: singularValues.length, centering: 'columns' });
          return result.determined ? result.value : Number.NaN;
        });
        return [metric, { metric, centering: 'columns', origin: 'measured', values, undetermined: [] }];
      },
    ),
  );
  const shape = { kind: 'unknown', samples: null, features: null, pooling: null };
  return { name, depth, ...shape, series, spectra: { centered: spectra, raw: null } };
}
