// Trains small networks in which one known thing changes at one known step, for bench/interventions.mjs.
//
//   npm run build && node bench/train-interventions.mjs --out <folder> [--networks mlp,cnn] [--conditions a,b,none]
//     [--at 1000,300] [--seeds 0,1,2] [--steps 2000] [--noise 0.6] [--mnist <folder with the t10k files>]
//
// Drawn digits are easy; with noise of that standard deviation on every pixel they are harder, and training lasts longer.
// One safetensors file a run: `step`, `loss` (mean cross-entropy on the probe), `batch_loss` (of the step's own batch, what a
// study logs), `singular_values.<depth>.<layer>` [measurements, width] of the centred outputs. Files that are there are kept.

import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeSafetensors } from '../dist/checkpoints/safetensors.js';
import { loadDataset } from '../dist/datasets/dataset-files.js';
import { drawnDigits } from '../dist/datasets/drawn-digits.js';
import { takeExamples } from '../dist/datasets/take-examples.js';
import { createRandom, permutation } from '../dist/numerics/random.js';
import { spectrumOf } from '../dist/spectra/spectrum.js';
import { openProbe } from '../dist/training/probe.js';
import { initialWeights, train } from '../dist/training/train.js';
import { conditions, datasetFor, modelFor } from './interventions/conditions.mjs';

const { values: options } = parseArgs({
  options: {
    out: { type: 'string' },
    networks: { type: 'string', default: 'mlp,cnn' },
    conditions: { type: 'string', default: Object.keys(conditions).join(',') },
    at: { type: 'string', default: '1000,300' },
    seeds: { type: 'string', default: '0,1,2' },
    steps: { type: 'string', default: '2000' },
    noise: { type: 'string', default: '0' },
    mnist: { type: 'string' },
  },
});
if (options.out === undefined) throw new Error('--out is missing; allowed: a folder for the runs');
const steps = Number(options.steps);
const every = 5;
const examples = { training: 3000, probe: 160 };
const clean =
  options.mnist === undefined
    ? drawnDigits({ count: 6000, seed: 'drawn_digits' })
    : loadDataset('mnist', options.mnist);
const population = withNoise(clean, Number(options.noise), createRandom('pixel noise'));

mkdirSync(options.out, { recursive: true });
for (const seed of options.seeds.split(',')) {
  for (const network of options.networks.split(',')) {
    for (const condition of options.conditions.split(',')) {
      for (const at of condition === 'none' ? [0] : options.at.split(',').map(Number)) {
        const file = join(options.out, `${network}_${condition}_T${at}_s${seed}.safetensors`);
        if (existsSync(file)) continue;
        const began = performance.now();
        const tensors = await trainedRun({ network, condition, at, seed });
        const bytes = writeSafetensors(tensors, { network, condition, changed_at: `${at}`, seed });
        writeFileSync(`${file}.part`, bytes);
        renameSync(`${file}.part`, file);
        console.log(`${file} ${((performance.now() - began) / 1000).toFixed(1)} s`);
      }
    }
  }
}

function withNoise(data, sd, random) {
  return sd === 0 ? data : { ...data, inputs: data.inputs.map((ink) => ink + sd * random.normal()) };
}

/** The run of one network whose training options change before step `at`, as tensors for a file. */
async function trainedRun({ network, condition, at, seed }) {
  const random = createRandom(`${network}/${seed}`);
  const order = permutation(population.count, random.fork('examples'));
  const data = takeExamples(population, order.subarray(0, examples.training));
  const probed = takeExamples(
    population,
    order.subarray(examples.training, examples.training + examples.probe),
  );
  const record = { step: [], loss: [], batchLoss: [], spectra: new Map() };
  const { before = {}, after = {}, renewed = () => [], frozen = () => [] } = conditions[condition];
  const model = (change) => modelFor(network, data, change.dropout ?? 0);
  const segment = (change, range) =>
    measuredSegment(
      {
        model: model(change),
        data: datasetFor(data, change),
        random: change.batches === undefined ? random : random.fork(change.batches),
        batchSize: change.batchSize ?? 32,
        optimiser: {
          kind: 'adam',
          learningRate: change.learningRate ?? 1e-3,
          weightDecay: change.weightDecay ?? 0,
        },
        ...range,
      },
      probed,
      record,
    );
  if (at === 0) await segment(before, { steps });
  else {
    const state = await segment(before, { steps: at, checkpoint: { at: (step) => step === at - 1 } });
    const fresh = initialWeights(model(after), random.fork('new weights'));
    for (const name of renewed(network)) state.parameters.get(name).data.set(fresh.get(name).data);
    const kept = new Map(frozen(network).map((name) => [name, state.parameters.get(name).data.slice()]));
    await segment(after, { steps, resume: state, kept });
  }
  return recordTensors(record);
}

/**
 * Trains one stretch and adds its measurements to `record`; returns the state asked for by `checkpoint`. Parameters in `kept`
 * get their values back after every update, before anything is measured.
 */
async function measuredSegment({ kept = new Map(), ...training }, probed, record) {
  const probe = await openProbe(training.model, { count: probed.count });
  let last = null;
  for await (const { step, loss, parameters, state, stopped } of train(training)) {
    if (stopped !== null) throw new Error(stopped);
    for (const [name, data] of kept) parameters.get(name).data.set(data);
    last = state ?? last;
    if (step % every !== 0) continue;
    const { activations } = await probe.read(parameters, probed.inputs);
    record.step.push(step);
    record.batchLoss.push(loss);
    record.loss.push((await probe.evaluate(parameters, probed)).loss);
    for (const [layer, { data, shape }] of activations) {
      if (!record.spectra.has(layer)) record.spectra.set(layer, []);
      record.spectra.get(layer).push(spectrumOf({ data, rows: shape[0], columns: shape[1] }).singularValues);
    }
  }
  await probe.close();
  return last;
}

function recordTensors({ step, loss, batchLoss, spectra }) {
  const n = step.length;
  const vector = (values) => ({ dtype: 'F32', shape: [n], data: Float32Array.from(values) });
  return new Map([
    ['step', { dtype: 'I64', shape: [n], data: BigInt64Array.from(step, BigInt) }],
    ['loss', vector(loss)],
    ['batch_loss', vector(batchLoss)],
    ...[...spectra].map(([layer, rows], depth) => {
      const width = rows[0].length;
      const data = new Float32Array(n * width);
      for (const [i, row] of rows.entries()) data.set(row, i * width);
      return [`singular_values.${depth}.${layer}`, { dtype: 'F32', shape: [n, width], data }];
    }),
  ]);
}
