/**
 * The loss around a trained network beside curvlinops and devinterp in PyTorch: the same weights, the same 256 examples, float64, one
 * thread each:
 *
 *   npm run --silent build && node bench/landscape.mjs [python3]
 *
 * Prints the three largest eigenvalues, the trace and the local learning coefficient of both, and what a product with the Hessian
 * and a step of a chain take. Python needs torch, curvlinops-for-pytorch and devinterp.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hutchinsonTrace } from '../dist/landscape/hutchinson-trace.js';
import { localLearningCoefficient } from '../dist/landscape/local-learning-coefficient.js';
import { topEigenvalues } from '../dist/landscape/top-eigenvalues.js';
import { createRandom, permutation } from '../dist/numerics/random.js';
import { checkpointStates } from '../dist/study/checkpoint-states.js';
import { chooseExamples } from '../dist/study/choose-examples.js';
import { openDataset } from '../dist/study/dataset-store.js';
import { planModel } from '../dist/study/plan-model.js';
import { planRuns } from '../dist/study/run-plan.js';
import { checkStudyFile } from '../dist/study/study-file.js';
import { flatWeights, gradientOracle } from '../dist/training/gradient-oracle.js';
import { hessianOracle } from '../dist/training/hessian-oracle.js';
import { trainStudy } from '../dist/workbench/train-study.js';

const [python = 'python3'] = process.argv.slice(2);
const [count, batch] = [256, 32];
const sampling = { localization: 100, chains: 4, burnIn: 300, draws: 700 };
const study = {
  architectures: [{ name: 'edge', family: 'mlp', hidden: [32, 32] }],
  datasets: ['drawn_digits'],
  training: { steps: 1000, examples: count, batchSize: count, optimizer: 'sgd', learningRate: 0.2 },
  measurement: { every: 1000, samples: 20 },
  evaluation: { every: 1000, examples: 20 },
  checkpoints: { at: [999] },
};
const folder = mkdtempSync(join(tmpdir(), 'rankscope-bench-'));
try {
  await trainStudy(study, join(folder, 'study'), { workers: 1 });
  const [plan] = planRuns(checkStudyFile(study, 'study'));
  const dataset = openDataset('drawn_digits', null);
  const model = planModel(plan, dataset);
  const data = chooseExamples(plan, dataset).training.data;
  const states = [...checkpointStates(join(folder, 'study'), plan)];
  const { parameters } = states[states.length - 1];
  const weights = flatWeights(model, parameters);
  const examples = Array.from({ length: count }, (_, i) => i);

  const hessian = hessianOracle(model, { batch });
  const gradients = gradientOracle(model, { batch });
  const product = hessian.at(weights, data, examples);
  await product(weights);
  const timed = async (work) => {
    const start = performance.now();
    const result = await work();
    return [result, (performance.now() - start) / 1000];
  };
  const [top, topSeconds] = await timed(() =>
    topEigenvalues(product, weights.length, createRandom(1), {
      count: 3,
      tolerance: 1e-6,
      mostProducts: 1000,
    }),
  );
  const probes = 50;
  const [{ trace }, traceSeconds] = await timed(() =>
    hutchinsonTrace(product, weights.length, createRandom(2), { probes }),
  );
  const inverseTemperature = count / Math.log(count);
  const stepSize = 0.03 / (inverseTemperature * top.eigenvalues[0] + sampling.localization);
  let loss = 0;
  for (let from = 0; from < count; from += batch) {
    const some = examples.slice(from, from + batch);
    loss += ((await gradients.at(weights)(data, some)).loss * some.length) / count;
  }
  const [found, chainSeconds] = await timed(() =>
    localLearningCoefficient(
      (at, random) => gradients.at(at)(data, permutation(count, random).subarray(0, batch)),
      weights,
      loss,
      createRandom(3),
      { ...sampling, inverseTemperature, stepSize },
    ),
  );
  await hessian.close();
  await gradients.close();

  const file = join(folder, 'network.json');
  writeFileSync(
    file,
    JSON.stringify({
      weights: Object.fromEntries(
        [...parameters].map(([name, { data, shape }]) => [name, { data: [...data], shape }]),
      ),
      inputs: [...data.inputs],
      labels: [...data.labels],
      ...{ batch, probes, inverseTemperature, stepSize, sampling },
    }),
  );
  const result = spawnSync(python, [join(import.meta.dirname, 'landscape.py'), file], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    env: { ...process.env, OMP_NUM_THREADS: '1' },
  });
  if (result.status !== 0) throw new Error(result.stderr);
  const peer = JSON.parse(result.stdout.trim().split('\n').at(-1));
  const steps = sampling.chains * (sampling.burnIn + sampling.draws);
  const digits = (value) => value.toPrecision(6);
  console.log(`${weights.length} parameters, loss ${digits(loss)} (PyTorch ${digits(peer.loss)})`);
  top.eigenvalues.forEach((value, k) => {
    const off = Math.abs(value / peer.eigenvalues[k] - 1).toExponential(1);
    console.log(
      `eigenvalue ${k + 1}: rankscope ${digits(value)}, curvlinops ${digits(peer.eigenvalues[k])}, ${off} apart`,
    );
  });
  console.log(
    `product of one vector: largest difference ${maxDifference(await productOf(peer.vector), peer.product).toExponential(1)} of its largest element`,
  );
  console.log(
    `trace of ${probes} probes: rankscope ${digits(trace.value)} ± ${digits(trace.standardError)}, curvlinops ${digits(peer.trace)} ± ${digits(peer.traceSpread)}`,
  );
  console.log(
    `learning coefficient: rankscope ${digits(found.coefficient.value)} ± ${digits(found.coefficient.standardError)} (R̂ ${found.gelmanRubin.toFixed(3)}), devinterp ${digits(peer.fresh.value)} ± ${digits(peer.fresh.error)}, with its replayed batches ${digits(peer.replayed.value)} ± ${digits(peer.replayed.error)}`,
  );
  console.log(
    `seconds: three eigenvalues ${topSeconds.toFixed(2)} (${top.products} products) and ${peer.eigenvaluesSeconds.toFixed(2)}; a product ${((1000 * traceSeconds) / probes).toFixed(2)} and ${(1000 * peer.productSeconds).toFixed(2)} ms; a step of a chain ${((1000 * chainSeconds) / steps).toFixed(2)} and ${(1000 * peer.stepSeconds).toFixed(2)} ms`,
  );

  async function productOf(vector) {
    const oracle = hessianOracle(model, { batch });
    const result = await oracle.at(weights, data, examples)(Float64Array.from(vector));
    await oracle.close();
    return result;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function maxDifference(a, b) {
  const largest = b.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0) / largest;
}
