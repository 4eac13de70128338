/**
 * Singular values of weight matrices beside NumPy's svdvals, alternating in one run, on one thread and on two:
 *
 *   npm run --silent build && node bench/weights.mjs [python3] [ROWSxCOLUMNS …]
 *
 * Prints the best time of each, their ratio, and the largest difference between the values as a share of σ₁.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../dist/numerics/random.js';
import { runtimeProducts } from '../dist/training/session-products.js';
import { weightSpectrum } from '../dist/weights/weight-spectrum.js';

const [python = 'python3', ...shapes] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'rankscope-bench-'));
try {
  for (const shape of shapes.length > 0 ? shapes : ['768x3072', '1024x4096', '4096x4096']) {
    const [rows, columns] = shape.split('x').map(Number);
    const random = createRandom(shape);
    // A few strong directions over noise, as trained weights have.
    const strong = Array.from({ length: 8 }, () =>
      [rows, columns].map((n) => Array.from({ length: n }, () => random.normal())),
    );
    const data = new Float32Array(rows * columns);
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        let value = random.normal();
        for (const [left, right] of strong) value += 0.1 * left[r] * right[c];
        data[r * columns + c] = value;
      }
    }
    const file = join(folder, `${shape}.f32`);
    writeFileSync(file, data);
    const times = rows > 2000 ? 1 : 3;
    for (const threads of [1, 2]) {
      const products = runtimeProducts(threads);
      let [best, spectrum] = [Number.POSITIVE_INFINITY, null];
      const numpy = JSON.parse(
        spawnSync(python, [join(import.meta.dirname, 'weights.py'), file, rows, columns, times].map(String), {
          encoding: 'utf8',
          maxBuffer: 2 ** 26,
          env: { ...process.env, OPENBLAS_NUM_THREADS: String(threads), OMP_NUM_THREADS: String(threads) },
        }).stdout,
      );
      for (let i = 0; i < times; i++) {
        const start = performance.now();
        spectrum = await weightSpectrum({ data, rows, columns }, products);
        best = Math.min(best, (performance.now() - start) / 1000);
      }
      await products.close();
      const largest = numpy.values.reduce(
        (most, value, i) => Math.max(most, Math.abs(value - spectrum.singularValues[i])),
        0,
      );
      console.log(
        `${shape}, ${threads} thread${threads === 1 ? '' : 's'}: rankscope ${best.toFixed(3)} s, NumPy ${numpy.seconds.toFixed(3)} s, ratio ${(best / numpy.seconds).toFixed(2)}; values within ${(largest / numpy.values[0]).toExponential(1)} σ₁`,
      );
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
