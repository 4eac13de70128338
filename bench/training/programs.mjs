// The programs of bench/training.mjs: how each is called for one run. Every call prints its measurement as JSON in its last line.

import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/**
 * A program has a `name` with its version; `settings`, of which a trial chooses; `trains(network)`; and `command`, for a run
 * `{network, start, steps, every, way}` under a setting.
 */
export function rankscope(threads) {
  return {
    name: 'rankscope',
    settings: threads.map((n) => ({ threads: n })),
    trains: () => true,
    // The heap that `executeRuns` gives its workers.
    command: ({ network, steps, every, networks = [] }, setting) => [
      process.execPath,
      '--initial-heap-size=256',
      here('./rankscope-run.mjs'),
      ...[network, steps, every, setting.threads, ...networks],
    ],
  };
}

/** The PyTorch of an interpreter, or null where it has none. */
export function pytorch(python, threads, kernels) {
  const code = "import torch, numpy; print(torch.__version__, 'openblas' in torch.__config__.show().lower())";
  const { status, stdout } = spawnSync(python, ['-c', code], { encoding: 'utf8' });
  if (status !== 0) return null;
  const [version, hasOpenBlas] = stdout.trim().split(' ');
  // Others choose their kernels by the processor, whatever OpenBLAS is told.
  const choices = hasOpenBlas === 'True' ? kernels : ['auto'];
  return {
    name: `PyTorch ${version}`,
    settings: threads.flatMap((n) => choices.map((kernel) => ({ threads: n, kernels: kernel }))),
    trains: () => true,
    command: ({ start, steps, every, way }, setting) => [
      python,
      here('../training_torch.py'),
      ...[start, steps, every, setting.threads, way],
    ],
  };
}

/** TensorFlow.js as it is installed in a folder; its WebAssembly backend has one thread in Node. */
export function tensorflowJs(folder) {
  const packageOf = join(folder, 'node_modules/@tensorflow/tfjs-backend-wasm/package.json');
  return {
    name: `TensorFlow.js ${JSON.parse(readFileSync(packageOf, 'utf8')).version}, WebAssembly`,
    settings: [{ threads: 1 }],
    trains: (network) => network.startsWith('mlp_'),
    command: ({ start, steps, every, way }) => [
      process.execPath,
      here('./tfjs-run.mjs'),
      ...[start, steps, every, folder, way],
    ],
  };
}

/** Runs a program to its end; the others wait unless it is one of several at once. */
export function measure(program, run, setting) {
  const [command, ...args] = program.command(run, setting).map(String);
  const options = { encoding: 'utf8', env: environment(setting), maxBuffer: 2 ** 26 };
  const { status, stdout, stderr } = spawnSync(command, args, options);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
  return lastLine(stdout);
}

export async function measureBeside(program, run, setting) {
  const [command, ...args] = program.command(run, setting).map(String);
  const child = spawn(command, args, { env: environment(setting), stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (text) => {
    output += text;
  });
  const code = await promisify((done) => child.once('error', done).once('close', (n) => done(null, n)))();
  if (code !== 0) throw new Error(`${args.join(' ')}: ${code}`);
  return lastLine(output);
}

const lastLine = (output) => JSON.parse(output.trim().split('\n').at(-1));

/** Debian's PyTorch multiplies with OpenBLAS, which has a thread setting of its own. */
function environment({ threads, kernels = 'auto' }) {
  // A choice that was made for all programs of a machine is none of PyTorch's.
  const { OPENBLAS_CORETYPE: _, ...inherited } = process.env;
  const core = kernels === 'auto' ? {} : { OPENBLAS_CORETYPE: kernels };
  return { ...inherited, ...core, OMP_NUM_THREADS: `${threads}`, OPENBLAS_NUM_THREADS: `${threads}` };
}
