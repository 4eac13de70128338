// A rival in bench/training.mjs: an MLP in TensorFlow.js on its WebAssembly backend.
//
//   tfjs-run.mjs START STEPS MEASURE_EVERY FOLDER published|lean, START as start.mjs writes it, FOLDER with the packages in its node_modules
//
// TensorFlow.js has no singular values: activations are taken out and decomposed by ml-matrix. Prints as training_torch.py does.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readSafetensors } from '../../dist/checkpoints/safetensors.js';

const [file, stepsGiven, everyGiven, folder, way] = process.argv.slice(2);
const [steps, every] = [Number(stepsGiven), Number(everyGiven)];
const load = createRequire(join(folder, 'package.json'));
const tf = load('@tensorflow/tfjs');
const { setWasmPaths } = load('@tensorflow/tfjs-backend-wasm');
const { Matrix, SVD } = load('ml-matrix');

setWasmPaths(join(folder, 'node_modules/@tensorflow/tfjs-backend-wasm/dist/'));
if (!(await tf.setBackend('wasm'))) throw new Error('the WebAssembly backend did not start');
await tf.ready();
const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
if (!simd) throw new Error('without SIMD there is nothing to compare with');

const { metadata, tensors } = readSafetensors(readFileSync(file), file);
const [x, labels, held, order] = ['x', 'labels', 'held', 'order'].map((name) => tensors.get(name));
const batchSize = Number(metadata.batch);
const [start, before] = [performance.now(), process.cpuUsage()];
const { model, layers } = buildMlp([784, ...JSON.parse(metadata.hidden), 10]);
const activations = tf.model({ inputs: model.inputs, outputs: layers.map(({ output }) => output) });
const inputs = tf.tensor2d(x.data, [x.shape[0], 784]);
const answers = tf.oneHot(tf.tensor1d(labels.data, 'int32'), 10).toFloat();
const heldInputs = tf.tensor2d(held.data, [held.shape[0], 784]);
const optimizer = tf.train.adam(0.001, 0.9, 0.999, 1e-8);
const measure = { published: measurePublished, lean: measureLean }[way];
const losses = [];
for (let step = 0; step < steps; step++) {
  tf.tidy(() => losses.push([step, takeStep(batchOf(step))]));
  if (step % every === 0) tf.tidy(measure);
}
const seconds = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage(before);
const megabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ seconds, cpu: (user + system) / 1e6, megabytes, losses }));

/** Linear layers with ReLU between them; PyTorch keeps weights the other way round. */
function buildMlp(widths) {
  const [, ...outputs] = widths;
  const layers = outputs.map((units, i) =>
    tf.layers.dense({ units, ...(i === 0 && { inputShape: [widths[0]] }) }),
  );
  const isLast = (i) => i === layers.length - 1;
  const model = tf.sequential({
    layers: layers.flatMap((layer, i) => (isLast(i) ? [layer] : [layer, tf.layers.reLU()])),
  });
  for (const [i, layer] of layers.entries()) {
    const { data, shape } = tensors.get(`initial.network.${2 * i}.weight`);
    layer.setWeights([
      tf.transpose(tf.tensor2d(data, shape)),
      tf.tensor1d(tensors.get(`initial.network.${2 * i}.bias`).data),
    ]);
  }
  return { model, layers };
}

/** The numbers of the examples; the last batch of an epoch is smaller. */
function batchOf(step) {
  const [, count] = order.shape;
  const perEpoch = Math.ceil(count / batchSize);
  const from = (step % perEpoch) * batchSize;
  const epoch = Math.floor(step / perEpoch) * count;
  return order.data.subarray(epoch + from, epoch + Math.min(count, from + batchSize));
}

function takeStep(batch) {
  const rows = tf.tensor1d(batch, 'int32');
  const [taken, wanted] = [tf.gather(inputs, rows), tf.gather(answers, rows)];
  const { value, grads } = tf.variableGrads(() =>
    tf.losses.softmaxCrossEntropy(wanted, model.apply(taken, { training: true })),
  );
  tf.sqrt(tf.addN(Object.values(grads).map((gradient) => tf.sum(tf.square(gradient))))).dataSync();
  optimizer.applyGradients(grads);
  return value.dataSync()[0];
}

/** Singular values once, all examples together. */
function measureLean() {
  for (const output of activations.predict(heldInputs, { batchSize: held.shape[0] })) singularValues(output);
}

/** The work of the published study's code: batches of 32, and for each layer two norms and three decompositions. */
function measurePublished() {
  for (const output of activations.predict(heldInputs, { batchSize: 32 })) {
    tf.norm(output, 'fro', [0, 1]).dataSync();
    tf.norm(output.flatten(), 2).dataSync();
    for (let i = 0; i < 3; i++) singularValues(output);
  }
}

function singularValues(output) {
  const [rows, columns] = output.shape;
  const matrix = Matrix.from1DArray(rows, columns, output.dataSync());
  const values = {
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
    autoTranspose: true,
  };
  return new SVD(matrix, values).diagonal;
}
