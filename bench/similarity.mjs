// Debiased linear CKA of every representation with every other, beside vectorized NumPy and a plain loop over pairs, in one run:
//   npm run build && node bench/similarity.mjs
// 40 checkpoints × 8 layers, 160 examples × 512 features. Needs python3 with NumPy.
import { spawnSync } from 'node:child_process';
import { ckaMatrix, ckaMatrixBy, createRandom, linearCka, runtimeProducts } from '../dist/index.js';

const [count, examples, features] = [320, 160, 512];
const random = createRandom(1);
const representations = Array.from({ length: count }, () => ({
  data: Float32Array.from({ length: examples * features }, () => random.normal()),
  rows: examples,
  columns: features,
}));

// Processor time: whatever else the machine does disturbs it least.
function cpuMs(start) {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

async function median(run) {
  const times = [];
  for (let i = 0; i < 5; i++) {
    const start = process.cpuUsage();
    await run();
    times.push(cpuMs(start));
  }
  return times.sort((a, b) => a - b)[2];
}

const products = runtimeProducts(1);
const own = await median(() => ckaMatrixBy(products, representations));
const plain = await median(() => ckaMatrix(representations));
const pairs = 200;
const start = process.cpuUsage();
for (let i = 0; i < pairs; i++) linearCka(representations[i], representations[i + 1]);
const loop = (cpuMs(start) / pairs) * ((count * (count - 1)) / 2);

const numpy = spawnSync(
  process.env.PYTHON ?? 'python3',
  [
    '-c',
    `
import time
import numpy as np
rng = np.random.default_rng(1)
x = rng.normal(size=(${count}, ${examples}, ${features})).astype(np.float32)
def matrix():
    n = ${examples}
    c = x.astype(np.float64)
    c -= c.mean(axis=1, keepdims=True)
    k = c @ c.transpose(0, 2, 1)
    k[:, np.arange(n), np.arange(n)] = 0
    s = k.sum(axis=2)
    t = s.sum(axis=1)
    k = k - (s[:, :, None] + s[:, None, :]) / (n - 2) + (t / ((n - 1) * (n - 2)))[:, None, None]
    k[:, np.arange(n), np.arange(n)] = 0
    flat = k.reshape(${count}, -1)
    h = flat @ flat.T
    d = np.sqrt(np.diag(h))
    return h / d / d[:, None]
times = []
for _ in range(5):
    start = time.process_time()
    matrix()
    times.append(time.process_time() - start)
print(sorted(times)[2] * 1000)
`,
  ],
  { encoding: 'utf8', env: { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1' } },
);
const rival = Number(numpy.stdout);
console.log(
  `ckaMatrixBy(runtimeProducts(1)) of ${count}: ${own.toFixed(0)} ms; ckaMatrix: ${plain.toFixed(0)} ms`,
);
console.log(
  `a plain loop over all pairs: ${loop.toFixed(0)} ms (from ${pairs} pairs), ${(loop / own).toFixed(0)} times as long`,
);
console.log(
  Number.isFinite(rival) && rival > 0
    ? `vectorized NumPy, one thread: ${rival.toFixed(0)} ms; ours / NumPy = ${(own / rival).toFixed(2)}`
    : 'NumPy: not here',
);
