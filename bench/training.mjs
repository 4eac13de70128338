// Seconds that a whole measured run takes here, in PyTorch and in TensorFlow.js, side by side on the same machine.
//
//   npm run build && node bench/training.mjs [options]
//
//   --networks mlp_narrow,cnn_deep   which networks (default: mlp_narrow, mlp_verywide, cnn_deep, transformer_deep; none: '');
//                                    also mlp_784_1024_1024_10
//   --study                          time the mixed study of twelve runs too (beside PyTorch)
//   --steps 2000                     optimizer steps of a run
//   --measure 5                      a measurement every so many steps; as many as steps: training alone
//   --threads 1,2                    numbers of threads to try in single runs
//   --kernels auto,SKYLAKEX          OPENBLAS_CORETYPE values to try for a PyTorch with OpenBLAS; auto leaves the choice to it
//   --trial 60                       steps of a trial; each program then runs in full with its fastest setting
//   --repeats 1                      full single runs of each program, taking turns; the median by processor time counts
//   --ways published,lean            how rivals measure, see below
//   --python python3,V/bin/python    interpreters with torch and numpy, each a rival; none: ''
//   --tfjs FOLDER                    where @tensorflow/tfjs, @tensorflow/tfjs-backend-wasm and ml-matrix are installed; a rival in MLPs
//
// Rows are kept in bench/results/training.json and the table is written anew from all of them, so it can be run in parts.
//
// All train on 1,500 images of 28×28 in 10 classes, batch 32, Adam, from the same initial weights over the same batches, dropout
// where the network has it, take the norm of every gradient, and measure the outputs of every Linear and Conv2d on 160 other images,
// pooled as the published study did. The losses of the first steps must agree to a thousandth, or training is not the same.
// rankscope runs as it does in a study with `spectra: [raw]`: it takes the raw spectrum, six metrics of it, writes the log, and
// classifies 1,000 further images at the end. Rivals measure uncentered activations, as `published` (three decompositions and
// two norms of each layer, examples in batches of 32) or `lean` (singular values only, once; all examples at once; PyTorch in
// float64). TensorFlow.js has no singular values: there ml-matrix takes them.
// Debian's OpenBLAS does not know processors that are younger than itself and falls back to kernels of 2004: told what it
// may use, it is several times as fast. That is given to PyTorch; a trial of each setting decides.
//
// Times include building the network and exclude loading the program and the images. Single runs are processes of their own,
// one after another; the study is two worker threads here, their start and the drawing of the digits included, and two
// lines of processes of one thread each there.

import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measure, pytorch, rankscope, tensorflowJs } from './training/programs.mjs';
import { writeStart } from './training/start.mjs';
import { mixedStudy, rivalStudy } from './training/study.mjs';
import { describeSetting, keep, keptRows, table } from './training/table.mjs';

const { values: options } = parseArgs({
  options: {
    networks: { type: 'string', default: 'mlp_narrow,mlp_verywide,cnn_deep,transformer_deep' },
    study: { type: 'boolean', default: false },
    steps: { type: 'string', default: '2000' },
    measure: { type: 'string', default: '5' },
    threads: { type: 'string', default: '1,2' },
    kernels: { type: 'string', default: hasAvx512() ? 'auto,SKYLAKEX' : 'auto' },
    trial: { type: 'string', default: '60' },
    repeats: { type: 'string', default: '1' },
    ways: { type: 'string', default: 'published,lean' },
    python: { type: 'string', default: 'python3' },
    tfjs: { type: 'string' },
  },
});
const [steps, every] = [Number(options.steps), Number(options.measure)];
const listOf = (text) => text.split(',').filter((entry) => entry !== '');
const [networks, ways, threads] = [options.networks, options.ways, options.threads].map(listOf);

/** Relative difference of first losses above which two programs do not train the same; masks of dropout are each program's own. */
const largestDifference = (network) => (network.startsWith('transformer') ? 0.05 : 1e-3);

const scratch = mkdtempSync(join(tmpdir(), 'rankscope-bench-start-'));
try {
  await compare();
} finally {
  rmSync(scratch, { recursive: true });
}

async function compare() {
  const ours = rankscope(threads.map(Number));
  const torches = listOf(options.python).flatMap((python) => {
    const torch = pytorch(python, threads.map(Number), listOf(options.kernels));
    if (torch === null) console.log(`${python}: no PyTorch`);
    return torch === null ? [] : [torch];
  });
  const rivals = options.tfjs === undefined ? torches : [...torches, tensorflowJs(options.tfjs)];
  mkdirSync(new URL('./results', import.meta.url), { recursive: true });
  for (const network of networks) compareRuns(network, ours, rivals);
  if (options.study) await compareStudies(ours, torches);
  console.log(`\n${table(keptRows())}`);
}

function compareRuns(network, ours, rivals) {
  const start = startOf(network, steps);
  // Training alone is the same in every way.
  const asked = every < steps ? ways : ways.slice(0, 1);
  const racers = [
    racer(ours, { network }),
    ...rivals
      .filter(({ trains }) => trains(network))
      .flatMap((program) => asked.map((way) => racer(program, { network, start, way }))),
  ];
  // By turns, so that a machine that is slower for a while is so for all.
  for (let i = 0; i < Number(options.repeats); i++) for (const { race } of racers) race();
  const [{ losses, ...own }, ...others] = racers.map(({ result }) => result());
  const rows = others.map(({ losses: theirs, ...rival }) => {
    const difference = differenceOf(losses, theirs);
    if (!(difference <= largestDifference(network)))
      throw new Error(`${rival.program} does not train the same ${network}: losses differ by ${difference}`);
    return rowOf(network, own, rival, { difference });
  });
  keep(rows.length === 0 ? [rowOf(network, own, null)] : rows);
}

async function compareStudies(ours, rivals) {
  const what = `study of ${mixedStudy.length} runs`;
  const own = timed(ours, { network: 'study', networks: [mixedStudy.join(',')] }, { threads: 1 }, steps);
  const starts = new Map(mixedStudy.map((network) => [network, startOf(network, steps)]));
  const rows = [];
  for (const program of rivals) {
    for (const way of ways) {
      const oneThread = program.settings.filter((setting) => setting.threads === 1);
      const [network] = mixedStudy;
      const { setting } = fastest(program, { network, start: starts.get(network), way }, oneThread);
      const load = loadavg()[0];
      const run = { startOf: (name) => starts.get(name), way, steps, every };
      const took = await rivalStudy(program, setting, run);
      console.log(`${what}, ${program.name}, ${way}: ${took.seconds.toFixed(2)} s, load ${load.toFixed(1)}`);
      rows.push(rowOf(what, own, { program: program.name, way, ...took, ...setting, load }));
    }
  }
  keep(rows.length === 0 ? [rowOf(what, own, null)] : rows);
}

function startOf(network, count) {
  const file = join(scratch, `${network}.safetensors`);
  writeStart(file, network, count);
  return file;
}

function rowOf(what, ours, rival, more = {}) {
  const machine = { cpu: cpus()[0].model, cores: cpus().length, node: process.versions.node };
  return { what, steps, every, ours, rival, ...more, ...machine };
}

/** A program with the setting that was fastest in a trial; `trials` keeps what the others took. */
function racer(program, run) {
  const { setting, trials } = fastest(program, run, program.settings);
  const runs = [];
  return {
    race: () => runs.push(timed(program, run, setting, steps)),
    result: () => {
      const ordered = runs.toSorted((a, b) => a.cpu - b.cpu);
      const median = ordered[Math.floor(ordered.length / 2)];
      return { program: program.name, way: run.way, ...median, runs: runs.length, trials };
    },
  };
}

function fastest(program, run, settings) {
  if (settings.length === 1) return { setting: settings[0], trials: [] };
  const trials = settings.map((setting) => {
    try {
      const { losses: _, ...time } = timed(program, run, setting, Math.min(steps, Number(options.trial)));
      return time;
    } catch (error) {
      console.log(`${describeSetting(setting)}: left out (${error.message.trim().split('\n').at(-1)})`);
      return { ...setting, seconds: Number.POSITIVE_INFINITY, failed: true };
    }
  });
  const seconds = trials.map((trial) => trial.seconds);
  return { setting: settings[seconds.indexOf(Math.min(...seconds))], trials };
}

function timed(program, run, setting, count) {
  const load = loadavg()[0];
  const took = measure(program, { ...run, steps: count, every }, setting);
  console.log(
    `${run.network}, ${program.name}, ${run.way ?? ''}, ${count} steps, ${describeSetting(setting)}: ${took.seconds.toFixed(2)} s ` +
      `(${took.cpu.toFixed(2)} s of processor), ${took.megabytes.toFixed(0)} MB, load ${load.toFixed(1)}`,
  );
  return { ...took, ...setting, steps: count, load };
}

/** Largest relative difference of the losses that both have among the first twenty steps. */
function differenceOf(ours, theirs) {
  const own = new Map(ours);
  const shared = theirs.filter(([step]) => step < 20 && own.has(step));
  return Math.max(...shared.map(([step, loss]) => Math.abs(loss / own.get(step) - 1)));
}

function hasAvx512() {
  try {
    return readFileSync('/proc/cpuinfo', 'utf8').includes('avx512f');
  } catch {
    return false;
  }
}
