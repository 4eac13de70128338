// Seconds that a whole measured run takes here and in PyTorch, side by side on the same machine.
//
//   npm run build && node bench/training.mjs [options]
//
//   --networks mlp_narrow,cnn_deep   which networks (default: mlp_narrow, mlp_verywide, cnn_deep, transformer_deep; none: '')
//   --study                          time the mixed study of twelve runs too
//   --steps 2000                     optimizer steps of a run
//   --measure 5                      a measurement every so many steps
//   --threads 1,2                    numbers of threads to try in single runs
//   --kernels auto,SKYLAKEX          OPENBLAS_CORETYPE values to try for PyTorch; auto leaves the choice to OpenBLAS
//   --trial 60                       steps of a trial; each program then runs in full with its fastest setting
//   --repeats 1                      full single runs of each program, taking turns; the median counts
//   --rivals published,lean          how PyTorch measures, see below
//   --python python3                 an interpreter with torch and numpy; `--python none` times rankscope alone
//
// Rows are kept in bench/results/training.json and the table is written anew from all of them, so it can be run in parts.
//
// Both train on 1,500 images of 28×28 in 10 classes, batch 32, Adam, PyTorch's initial weights, dropout where the network has
// it, and measure the outputs of every Linear and Conv2d on 160 other images, pooled as the published study did. rankscope
// runs as it does in a study with `spectra: [raw]`: it takes the raw spectrum, six metrics of it, writes the log, and
// classifies 1,000 further images at the end. PyTorch measures uncentered activations, as `published` (three `torch.svd` and
// two norms of each layer, examples in batches of 32) or `lean` (singular values only, float64, once; all examples at once).
// Debian's OpenBLAS does not know processors that are younger than itself and falls back to kernels of 2004: told what it
// may use, it is several times as fast. That is given to PyTorch; a trial of each setting decides.
//
// Times include building the network and exclude loading the program and the images. Single runs are processes of their own,
// one after another; the study is two worker threads here, their start and the drawing of the digits included, and two
// lines of processes of one thread each there.

import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

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
    rivals: { type: 'string', default: 'published,lean' },
    python: { type: 'string', default: 'python3' },
    worker: { type: 'string' },
  },
});
const [steps, every] = [Number(options.steps), Number(options.measure)];
const listOf = (text) => text.split(',').filter((entry) => entry !== '');
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The longest first, so that neither program waits for one run at the end. */
const mixedStudy = [
  'transformer_deep',
  'cnn_deep',
  'transformer_shallow',
  'transformer_narrow',
  'cnn_shallow',
  'mlp_verywide',
  'mlp_wide',
  'mlp_shallow_2',
  'mlp_verydeep_15',
  'mlp_deep_10',
  'mlp_medium_5',
  'mlp_narrow',
];
const workers = 2;

if (options.worker === 'study') await timeOurStudy();
else if (options.worker !== undefined) await timeOurRun(options.worker, Number(options.threads));
else await compare();

async function compare() {
  const torch = options.python === 'none' ? null : torchVersion();
  if (torch === null) console.log('PyTorch: not found, rankscope alone');
  const rivals = torch === null ? [] : listOf(options.rivals);
  const threads = listOf(options.threads).map(Number);
  const torchSettings = threads.flatMap((n) =>
    listOf(options.kernels).map((kernels) => ({ threads: n, kernels })),
  );
  for (const network of listOf(options.networks)) {
    const ours = contestant(
      threads.map((n) => ({ threads: n })),
      (setting, count) => ourSeconds(network, setting, count),
    );
    const theirs = rivals.map((rival) =>
      contestant(torchSettings, (setting, count) => torchSeconds(network, rival, setting, count)),
    );
    // By turns, so that a machine that is slower for a while is so for all.
    for (let i = 0; i < Number(options.repeats); i++) for (const { race } of [ours, ...theirs]) race();
    const times = theirs.map((torchTimes, i) => ({ rival: rivals[i], ...torchTimes.result() }));
    keep({ what: network, torch, ours: ours.result(), rivals: times });
  }
  if (options.study) {
    const ours = ourSeconds('study', { threads: 1 }, steps);
    const theirs = [];
    const oneThread = listOf(options.kernels).map((kernels) => ({ threads: 1, kernels }));
    for (const rival of rivals) {
      const trial = (setting, count) => torchSeconds('transformer_deep', rival, setting, count);
      const { kernels } = fastestOf(oneThread, trial).setting;
      theirs.push({ rival, ...(await torchStudySeconds(rival, kernels)) });
    }
    keep({ what: `study of ${mixedStudy.length} runs`, torch, ours, rivals: theirs });
  }
  console.log(`\n${table()}`);
}

/** A program with the setting that was fastest in a trial; `trials` keeps what the others took. */
function contestant(settings, take) {
  const { setting, trials } = fastestOf(settings, take);
  const runs = [];
  return {
    race: () => runs.push(take(setting, steps)),
    result: () => {
      const ordered = runs.toSorted((a, b) => a.seconds - b.seconds);
      return { ...ordered[Math.floor(ordered.length / 2)], runs: runs.length, trials };
    },
  };
}

function fastestOf(settings, take) {
  if (settings.length === 1) return { setting: settings[0], trials: [] };
  const trials = settings.map((setting) => {
    try {
      return take(setting, Math.min(steps, Number(options.trial)));
    } catch (error) {
      console.log(`${describeSetting(setting)}: left out (${error.message.trim().split('\n').at(-1)})`);
      return { ...setting, seconds: Number.POSITIVE_INFINITY, failed: true };
    }
  });
  const seconds = trials.map((trial) => trial.seconds);
  return { setting: settings[seconds.indexOf(Math.min(...seconds))], trials };
}

function hasAvx512() {
  try {
    return readFileSync('/proc/cpuinfo', 'utf8').includes('avx512f');
  } catch {
    return false;
  }
}

function torchVersion() {
  const code = 'import torch, numpy; print(torch.__version__)';
  const { status, stdout } = spawnSync(options.python, ['-c', code], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

/** Debian's PyTorch multiplies with OpenBLAS, which has a thread setting of its own. */
function environment({ threads, kernels = 'auto' }) {
  // A choice that was made for all programs of a machine is none of PyTorch's.
  const { OPENBLAS_CORETYPE: _, ...inherited } = process.env;
  const core = kernels === 'auto' ? {} : { OPENBLAS_CORETYPE: kernels };
  return { ...inherited, ...core, OMP_NUM_THREADS: `${threads}`, OPENBLAS_NUM_THREADS: `${threads}` };
}

function ourSeconds(what, setting, count) {
  const settings = ['--steps', `${count}`, '--measure', options.measure, '--threads', `${setting.threads}`];
  return measured(what, 'rankscope', setting, count, () =>
    // The heap that `executeRuns` gives its workers.
    run(
      process.execPath,
      ['--initial-heap-size=256', here('./training.mjs'), ...settings, '--worker', what],
      setting,
    ),
  );
}

function torchArguments(network, rival, threads, count) {
  return [here('./training_torch.py'), network, `${count}`, options.measure, `${threads}`, rival];
}

function torchSeconds(network, rival, setting, count) {
  return measured(network, `PyTorch, ${rival}`, setting, count, () =>
    run(options.python, torchArguments(network, rival, setting.threads, count), setting),
  );
}

/** Two lines of processes take run after run, as our workers do; starting them does not count. */
async function torchStudySeconds(rival, kernels) {
  const setting = { threads: 1, kernels };
  const load = loadavg()[0];
  const waiting = [...mixedStudy];
  const serve = async () => {
    let seconds = 0;
    while (waiting.length > 0)
      seconds += await secondsOf(torchArguments(waiting.shift(), rival, 1, steps), setting);
    return seconds;
  };
  const lines = await Promise.all(Array.from({ length: workers }, serve));
  const time = { seconds: Math.max(...lines), ...setting, load };
  console.log(`study, PyTorch, ${rival}: ${time.seconds.toFixed(2)} s, load ${load.toFixed(1)}`);
  return time;
}

function secondsOf(args, setting) {
  return new Promise((resolve, reject) => {
    const child = spawn(options.python, args, {
      env: environment(setting),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (text) => {
      output += text;
    });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(JSON.parse(output).seconds) : reject(new Error(`${args.join(' ')}: ${code}`)),
    );
  });
}

function measured(what, program, setting, count, take) {
  const load = loadavg()[0];
  const time = { ...take(), ...setting, steps: count, load };
  console.log(
    `${what}, ${program}, ${count} steps, ${describeSetting(setting)}: ${time.seconds.toFixed(2)} s (${time.cpu.toFixed(2)} s of processor), ` +
      `${time.megabytes.toFixed(0)} MB, load ${load.toFixed(1)}`,
  );
  return time;
}

function describeSetting({ threads, kernels = 'auto' }) {
  return `${threads} thread${threads > 1 ? 's' : ''}${kernels === 'auto' ? '' : `, ${kernels} kernels`}`;
}

/** The last line that a run prints is its measurement as JSON. */
function run(command, args, setting) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    env: environment(setting),
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

/** Remembers a row in place of an earlier one of the same kind. */
function keep(row) {
  const rows = keptRows().filter(
    (old) => old.what !== row.what || old.steps !== steps || old.every !== every,
  );
  rows.push({
    ...row,
    steps,
    every,
    cpu: cpus()[0].model,
    cores: cpus().length,
    node: process.versions.node,
  });
  mkdirSync(here('./results'), { recursive: true });
  writeFileSync(here('./results/training.json'), `${JSON.stringify(rows, null, 2)}\n`);
  writeFileSync(here('./results/training.md'), `${table()}\n`);
}

function keptRows() {
  try {
    return JSON.parse(readFileSync(here('./results/training.json'), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

function table() {
  const rows = keptRows();
  const time = ({ seconds, load, runs = 1, ...setting }) =>
    `${seconds.toFixed(2)} s (${runs > 1 ? `median of ${runs}, ` : ''}${describeSetting(setting)}, load ${load.toFixed(1)})`;
  const cells = rows.map(({ what, torch, ours, rivals, ...row }) => {
    const against = (name) => {
      const rival = rivals.find((entry) => entry.rival === name);
      return rival === undefined ? ['', ''] : [time(rival), `${(rival.seconds / ours.seconds).toFixed(1)}×`];
    };
    const machine = `${row.cpu}, ${row.cores} cores; Node ${row.node}${torch === null ? '' : `, PyTorch ${torch}`}`;
    return [
      what,
      `${row.steps}`,
      `${row.every}`,
      time(ours),
      `${ours.megabytes.toFixed(0)} MB`,
      ...against('published'),
      ...against('lean'),
      machine,
    ];
  });
  const head = [
    'run',
    'steps',
    'measured every',
    'rankscope',
    'memory',
    'PyTorch, measured as published',
    'ratio',
    'PyTorch, measured lean',
    'ratio',
    'machine',
  ];
  const line = (entries) => `| ${entries.join(' | ')} |`;
  return [
    '# Training, measured: rankscope beside PyTorch',
    '',
    'Written by `bench/training.mjs`, which says what is timed. Each time is on the clock, with the load average of the',
    'minute before it: above the number of threads in use others were at work, and only ratios mean something.',
    '',
    line(head),
    line(head.map(() => '---')),
    ...cells.map(line),
  ].join('\n');
}

async function timeOurRun(network, threads) {
  const { createRandom } = await import('../dist/numerics/random.js');
  const { executeRun } = await import('../dist/study/execute-run.js');
  const { measuringThread } = await import('../dist/study/measuring-pool.js');
  const { planRuns } = await import('../dist/study/run-plan.js');
  const { runFiles } = await import('../dist/study/run-store.js');
  const data = { ...madeUpImages(2660, createRandom('images')), vocabulary: null };
  const [plan] = planRuns(await studyOf([network], threads));
  await inScratch(async (directory) => {
    // As a study of one run does on a machine with a second core.
    const measurer = measuringThread();
    const { stopped } = await executeRun(plan, data, runFiles(directory, plan), { measurer });
    await measurer.close();
    if (stopped !== null) throw new Error(stopped);
  });
}

async function timeOurStudy() {
  const { executeStudy } = await import('../dist/study/execute-study.js');
  const study = await studyOf(mixedStudy, 1);
  await inScratch(async (directory) => {
    const tool = { name: 'bench', version: '0' };
    const { outcomes } = await executeStudy(study, directory, { tool, machine: {}, workers });
    const failed = outcomes.find(({ stopped }) => stopped !== null);
    if (failed !== undefined) throw new Error(failed.stopped);
  });
}

async function studyOf(networks, threads) {
  const { checkStudyFile } = await import('../dist/study/study-file.js');
  const content = {
    architectures: networks,
    datasets: ['drawn_digits'],
    seeds: [0],
    training: { steps, threads },
    measurement: { every, pooling: 'published', spectra: ['raw'] },
    evaluation: { every: steps },
  };
  return checkStudyFile(content, 'the benchmark');
}

async function inScratch(work) {
  const directory = mkdtempSync(join(tmpdir(), 'rankscope-bench-'));
  try {
    const [start, before] = [performance.now(), process.cpuUsage()];
    await work(directory);
    const seconds = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(before);
    const megabytes = process.resourceUsage().maxRSS / 1024;
    console.log(JSON.stringify({ seconds, cpu: (user + system) / 1e6, megabytes }));
  } finally {
    rmSync(directory, { recursive: true });
  }
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
