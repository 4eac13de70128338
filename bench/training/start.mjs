// What every program of bench/training.mjs begins with: images, initial weights, the order of the batches.

import { writeFileSync } from 'node:fs';
import { writeSafetensors } from '../../dist/checkpoints/safetensors.js';
import { createRandom } from '../../dist/numerics/random.js';
import { chooseExamples } from '../../dist/study/choose-examples.js';
import { planModel } from '../../dist/study/plan-model.js';
import { planRuns } from '../../dist/study/run-plan.js';
import { checkStudyFile } from '../../dist/study/study-file.js';
import { trainingRandom } from '../../dist/study/training-options.js';
import { batchOrder } from '../../dist/training/batch-order.js';
import { initialWeights } from '../../dist/training/train.js';

/** Networks that are no published ones. */
const ownNetworks = [{ name: 'mlp_784_1024_1024_10', family: 'mlp', hidden: [1024, 1024] }];

/** A study of these networks as it is timed. */
export function studyOf(networks, { steps, every, threads }) {
  const content = {
    architectures: networks.map((name) => ownNetworks.find((own) => own.name === name) ?? name),
    datasets: ['drawn_digits'],
    seeds: [0],
    training: { steps, threads },
    measurement: { every, pooling: 'published', spectra: ['raw'] },
    evaluation: { every: steps },
  };
  return checkStudyFile(content, 'the benchmark');
}

/** A run of one network, and the made-up images that it draws its examples from. */
export function plannedRun(network, options) {
  const data = { ...madeUpImages(2660, createRandom('images')), vocabulary: null };
  const [plan] = planRuns(studyOf([network], options));
  return { plan, data };
}

/**
 * Writes what a rival needs to train the same: `x`, `labels`, `held` (images to measure on), `order` (examples by epoch), and
 * the initial weights under PyTorch's names; as metadata the network and, of an MLP, its hidden widths.
 */
export function writeStart(file, network, steps) {
  const { plan, data } = plannedRun(network, { steps, every: steps, threads: 1 });
  const { training, probe } = chooseExamples(plan, data);
  const random = trainingRandom(createRandom(plan.seed));
  const { count, inputs, labels, exampleShape } = training.data;
  const { batchSize } = plan.training;
  const perEpoch = Math.ceil(count / batchSize);
  const epochs = Math.ceil(steps / perEpoch);
  const batchAt = batchOrder(count, batchSize, random.fork('batches'));
  const order = Array.from({ length: epochs * perEpoch }, (_, step) => [...batchAt(step).examples]).flat();
  const tensor = (dtype, data, shape) => ({ dtype, data, shape });
  const tensors = new Map([
    ['x', tensor('F32', inputs, [count, ...exampleShape])],
    ['labels', tensor('I32', Int32Array.from(labels), [count])],
    ['held', tensor('F32', probe.data.inputs, [probe.data.count, ...exampleShape])],
    ['order', tensor('I32', Int32Array.from(order), [epochs, count])],
  ]);
  for (const [name, weights] of initialWeights(planModel(plan, data), random)) {
    tensors.set(`initial.${name}`, { dtype: 'F32', ...weights });
  }
  const { hidden } = plan.architecture;
  const widths = hidden === undefined ? {} : { hidden: JSON.stringify(hidden) };
  writeFileSync(file, writeSafetensors(tensors, { network, batch: `${batchSize}`, ...widths }));
}

/** A random pattern per class, under noise; learned within an epoch, so that late steps meet tiny gradients. */
function madeUpImages(count, rng) {
  const size = 784;
  const patterns = Float32Array.from({ length: 10 * size }, (_, i) => ((i * 7919) % 101) / 50 - 1);
  const labels = Uint8Array.from({ length: count }, () => rng.integer(10));
  const inputs = Float32Array.from(
    { length: count * size },
    (_, i) => patterns[labels[Math.floor(i / size)] * size + (i % size)] * 0.5 + rng.normal(),
  );
  return { name: 'made up', inputs, labels, exampleShape: [1, 28, 28], classes: 10, count };
}
