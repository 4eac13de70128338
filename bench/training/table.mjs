// The rows of bench/training.mjs, as they are kept, and the table of them.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const results = (name) => fileURLToPath(new URL(`../results/${name}`, import.meta.url));

export function describeSetting({ threads, kernels = 'auto' }) {
  return `${threads} thread${threads > 1 ? 's' : ''}${kernels === 'auto' ? '' : `, ${kernels} kernels`}`;
}

/** Remembers rows in place of earlier ones of the same kind: the same run, beside the same program with the same way to measure. */
export function keep(fresh) {
  const kind = ({ what, steps, every, rival }) =>
    JSON.stringify([what, steps, every, rival?.program, rival?.way]);
  const replaced = new Set(fresh.map(kind));
  const rows = [...keptRows().filter((old) => !replaced.has(kind(old))), ...fresh];
  writeFileSync(results('training.json'), `${JSON.stringify(rows, null, 2)}\n`);
  writeFileSync(results('training.md'), `${table(rows)}\n`);
}

export function keptRows() {
  try {
    return JSON.parse(readFileSync(results('training.json'), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

export function table(rows) {
  const cells = rows
    .toSorted(inOrder)
    .map((row) => [
      row.what,
      `${row.steps}`,
      row.every < row.steps ? `every ${row.every}, ${row.rival?.way ?? ''}` : 'step 0 only',
      time(row.ours),
      ...(row.rival === null
        ? ['', '', '', '']
        : [
            row.rival.program,
            time(row.rival),
            times(row.rival.seconds / row.ours.seconds),
            times(row.rival.cpu / row.ours.cpu),
          ]),
      row.difference === undefined ? '' : row.difference.toExponential(0),
      `${row.cpu}, ${row.cores} cores; Node ${row.node}`,
    ]);
  const head = [
    'run',
    'steps',
    'measured',
    'rankscope',
    'beside',
    'its time',
    'ratio on the clock',
    'ratio of processor time',
    'first losses differ by',
    'machine',
  ];
  const line = (entries) => `| ${entries.join(' | ')} |`;
  return [
    '# Training, measured: rankscope beside PyTorch and TensorFlow.js',
    '',
    'Written by `bench/training.mjs`, which says what is timed. Each time is on the clock, then of the processor, with the load average of',
    'the minute before it: above the number of threads in use others were at work, and only ratios mean something, those of processor',
    'time most. Ours includes a second thread that measures, and starting, 0.3 to 0.6 s of processor time: in runs of some hundred steps that weighs more than',
    'the training of a small network. Losses are of steps 0, 5, 10 and 15 from the same weights over the same batches, as shares; where a network has dropout, each',
    'program draws its own. Rows without them are of an earlier build, with batches and weights of each program.',
    '',
    line(head),
    line(head.map(() => '---')),
    ...cells.map(line),
  ].join('\n');
}

/** Whole runs before short ones, and one network's beside each other. */
function inOrder(a, b) {
  return (
    b.steps - a.steps || a.what.localeCompare(b.what) || a.every - b.every || name(a).localeCompare(name(b))
  );
}

const name = ({ rival }) => (rival === null ? '' : `${rival.program} ${rival.way}`);

const times = (ratio) => (Number.isFinite(ratio) ? `${ratio.toFixed(1)}×` : '');

function time({ seconds, cpu, load, megabytes, runs = 1, ...setting }) {
  const processor = cpu === undefined ? '' : `, ${cpu.toFixed(2)} s of processor`;
  const memory = megabytes === undefined ? '' : `, ${megabytes.toFixed(0)} MB`;
  const many = runs > 1 ? `median of ${runs}, ` : '';
  return `${seconds.toFixed(2)} s${processor} (${many}${describeSetting(setting)}${memory}, load ${load.toFixed(1)})`;
}
