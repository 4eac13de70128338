/**
 * A whole small language model's weights beside WeightWatcher 0.7.7, one after the other, outside CI:
 *
 *   python3 -m venv --system-site-packages FOLDER && FOLDER/bin/pip install weightwatcher==0.7.7 'numpy<2'
 *   npm run --silent build && node bench/weights-model.mjs FOLDER/bin/python [layers] [vocabulary]
 *
 * DistilGPT2's shapes (6 layers of width 768, 50,257 tokens) with seeded heavy-tailed weights. Both run on one thread with
 * their defaults, but that WeightWatcher's limit of rows is lifted: it would leave the embedding of the tokens out. Without a GPU
 * its two ways to singular values (`fast`, `accurate`) are one. It compares with no randomized twin by itself, so rankscope is
 * run with `--no-twin`, and with twins beside.
 * Reading the file counts on both sides, loading the programs on rankscope's only. Prints a table, and the largest differences.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [python = 'python3', ...size] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'rankscope-bench-'));
const file = join(folder, 'model.pt');
const script = join(import.meta.dirname, 'weights_model.py');
const cli = join(import.meta.dirname, '..', 'dist', 'cli', 'main.js');
const options = {
  encoding: 'utf8',
  maxBuffer: 2 ** 28,
  env: { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' },
};
/** A process tells of itself as it ends. */
const atExit =
  'data:text/javascript,process.on("exit",()=>console.error("used "+JSON.stringify(process.resourceUsage())))';

function ran(command, args) {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, options);
  if (status !== 0) throw new Error(stderr.slice(-2000));
  return { stdout, stderr, clock: (performance.now() - start) / 1000 };
}

function examined(...more) {
  const args = ['--import', atExit, cli, 'weights', file, '--json', '--quiet', ...more];
  const { stdout, stderr, clock } = ran(process.execPath, args);
  const used = JSON.parse(stderr.slice(stderr.lastIndexOf('used ') + 5));
  return {
    clock,
    processor: (used.userCPUTime + used.systemCPUTime) / 1e6,
    peak: used.maxRSS * 1024,
    matrices: JSON.parse(stdout).checkpoints[0].matrices,
  };
}

try {
  ran(python, [script, 'make', file, ...size]);
  const ours = examined('--no-twin');
  const { stdout } = ran(python, [script, 'watch', file]);
  const theirs = JSON.parse(stdout.slice(stdout.lastIndexOf('\n{')));
  const twins = examined();

  const row = (name, { clock, processor, peak }) =>
    `| ${name} | ${clock.toFixed(1)} s | ${processor.toFixed(1)} s | ${Math.round(peak / 1e6)} MB |`;
  const ratio = (of) => (theirs[of] / ours[of]).toFixed(1);
  console.log('| | time | processor time | peak memory |\n|---|---|---|---|');
  console.log(row('rankscope weights --no-twin', ours));
  console.log(row(`WeightWatcher ${theirs.version}`, theirs));
  console.log(`| beside rankscope | ${ratio('clock')} | ${ratio('processor')} | ${ratio('peak')} |`);
  console.log(row('rankscope weights, with twins', twins));

  const names = Object.keys(theirs.rows);
  const apart = (differences) => Math.max(...differences).toExponential(1);
  const own = (name) => ours.matrices.find(({ matrix }) => matrix === name);
  console.log(`${names.length} of ${ours.matrices.length} matrices are in both`);
  console.log(
    `exponents at most ${apart(names.map((name) => Math.abs(own(name).alpha - theirs.rows[name].alpha)))} apart`,
  );
  console.log(
    `spectral norms at most a relative ${apart(names.map((name) => Math.abs(own(name).spectral_norm / Math.sqrt(theirs.rows[name].spectral_norm) - 1)))} apart`,
  );
  console.log(
    `singular values at most ${apart(
      Object.entries(theirs.values).flatMap(([name, values]) =>
        values.map((value, i) => Math.abs(own(name).singular_values[i] - value) / values[0]),
      ),
    )} σ₁ from NumPy's`,
  );
  for (const name of names) {
    const { alpha, xmin, tail_size } = own(name);
    const other = theirs.rows[name];
    if (Math.abs(alpha - other.alpha) > 1e-3)
      console.log(
        `${name}: α ${alpha} from ${xmin} (${tail_size}), WeightWatcher ${other.alpha} from ${other.xmin} (${other.num_pl_spikes})`,
      );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
