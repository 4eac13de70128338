// Seconds that a training run takes here and in PyTorch, side by side on the same machine.
//
//   npm run build && node bench/training.mjs [options]
//
//   --networks mlp_narrow,cnn_deep   which networks (default: mlp_narrow, mlp_verywide, cnn_deep, transformer_deep)
//   --steps 2000                     optimiser steps of one run
//   --measure 5                      singular values of every layer every so many steps; 0: training only
//   --threads 1,2                    numbers of threads to try; PyTorch is given each too and its best is reported
//   --python python3                 an interpreter with torch and numpy; `--python none` times rankscope alone
//
// Both train on 1,500 made-up 28×28 images in 10 classes, batch 32, Adam, PyTorch's initial weights, dropout where the network
// has it, and measure 160 examples. Times exclude start-up; every number is one run of its own process, one after another.

import { spawnSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: {
    networks: { type: 'string', default: 'mlp_narrow,mlp_verywide,cnn_deep,transformer_deep' },
    steps: { type: 'string', default: '2000' },
    measure: { type: 'string', default: '0' },
    threads: { type: 'string', default: '1,2' },
    python: { type: 'string', default: 'python3' },
    worker: { type: 'string' },
  },
});
const steps = Number(options.steps);
const every = Number(options.measure);

if (options.worker !== undefined) await timeOneRun(options.worker, Number(options.threads));
else compare();

function compare() {
  console.log(
    `${cpus()[0].model}, ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}, Node ${process.versions.node}`,
  );
  console.log(`${steps} steps, ${every > 0 ? `measured every ${every}` : 'not measured'}; seconds\n`);
  const threads = options.threads.split(',').map(Number);
  const hasTorch = options.python !== 'none' && torchVersion() !== null;
  if (!hasTorch) console.log('PyTorch: not found, rankscope alone\n');
  else console.log(`PyTorch ${torchVersion()}\n`);
  const columns = [
    ...threads.map((n) => `rankscope ${n}t`),
    ...(hasTorch ? threads.map((n) => `PyTorch ${n}t`) : []),
    'best ratio',
  ];
  console.log(['network'.padEnd(20), ...columns.map((name) => name.padStart(14))].join(''));
  for (const network of options.networks.split(',')) {
    const ours = threads.map((n) =>
      secondsOf(
        process.execPath,
        [fileURLToPath(import.meta.url), ...same(), '--worker', network, '--threads', `${n}`],
        n,
      ),
    );
    const theirs = hasTorch
      ? threads.map((n) =>
          secondsOf(options.python, [torchScript(), network, `${steps}`, `${every}`, `${n}`], n),
        )
      : [];
    const ratio = theirs.length > 0 ? `${(Math.min(...theirs) / Math.min(...ours)).toFixed(1)}×` : '';
    const cells = [...ours, ...theirs].map((seconds) => seconds.toFixed(2));
    console.log([network.padEnd(20), ...[...cells, ratio].map((cell) => cell.padStart(14))].join(''));
  }
}

function same() {
  return ['--steps', options.steps, '--measure', options.measure];
}

function torchScript() {
  return fileURLToPath(new URL('./training_torch.py', import.meta.url));
}

function torchVersion() {
  const { status, stdout } = spawnSync(
    options.python,
    ['-c', 'import torch, numpy; print(torch.__version__)'],
    { encoding: 'utf8' },
  );
  return status === 0 ? stdout.trim() : null;
}

/** The last line that a run prints is its time. */
function secondsOf(command, args, threads) {
  // Debian's PyTorch multiplies with OpenBLAS, which has a thread setting of its own.
  const env = { ...process.env, OMP_NUM_THREADS: `${threads}`, OPENBLAS_NUM_THREADS: `${threads}` };
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', env });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
  return Number(stdout.trim().split('\n').at(-1));
}

async function timeOneRun(network, threads) {
  const { createModel } = await import('../dist/models/create-model.js');
  const { createRandom } = await import('../dist/numerics/random.js');
  const { spectraOf } = await import('../dist/spectra/spectrum.js');
  const { train } = await import('../dist/training/train.js');
  const data = madeUpImages(1500, createRandom('training'));
  const held = madeUpImages(160, createRandom('held out'));
  const model = createModel(network, data);
  const probe = every > 0 ? { data: held, at: (step) => step % every === 0 } : undefined;
  // The session is opened before the first record: time from there, one step short.
  let start = 0;
  for await (const { activations, stopped } of train({
    model,
    data,
    steps: steps + 1,
    random: createRandom(1),
    probe,
    threads,
  })) {
    if (stopped !== null) throw new Error(stopped);
    if (start === 0) start = performance.now();
    for (const { data, shape } of activations?.values() ?? [])
      spectraOf({ data, rows: shape[0], columns: shape[1] });
  }
  console.log((performance.now() - start) / 1000);
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
