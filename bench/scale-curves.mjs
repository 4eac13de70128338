// How the cost of an analysis grows with runs, layers, measurements and width, one of them varied at a time: processor time and peak memory, the
// first time and with what the study's cache then holds.
//
//   npm run build && node bench/scale-curves.mjs [--repeats 3]
//
// Writes bench/results/scale-curves.md and docs/images/scale.svg. See study-scale.mjs, which it calls, for what the studies are.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { renderSvg } from '../dist/figures/render-svg.js';

const { values: options } = parseArgs({ options: { repeats: { type: 'string', default: '3' } } });
const root = resolve(import.meta.dirname, '..');

const usual = { runs: 6, layers: 8, measurements: 200, width: 0 };
const sweeps = [
  { axis: 'runs', title: 'Runs', values: [3, 6, 12, 24, 48] },
  { axis: 'layers', title: 'Layers', values: [2, 4, 8, 16, 32] },
  { axis: 'measurements', title: 'Measurements', values: [50, 100, 200, 400, 800, 1600] },
  { axis: 'width', title: 'Width, spectra logged', values: [16, 32, 64, 128, 256] },
];

const load = loadavg()[0];
const rows = sweeps.flatMap(({ axis, title, values }) =>
  values.flatMap((value) =>
    measured({ ...usual, [axis]: value }).map((row) => ({ axis, title, value, ...row })),
  ),
);

writeFileSync(join(root, 'bench/results/scale-curves.md'), report());
writeFileSync(join(root, 'docs/images/scale.svg'), await renderSvg(figure()));
console.log(report());

function measured(size) {
  const args = Object.entries(size).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const bench = join(import.meta.dirname, 'study-scale.mjs');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [bench, '--json', '--repeats', options.repeats, ...args],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ time }) => time !== 'one changed')
    .map(({ time, processor, memory }) => ({ time, processor, memory }));
}

function report() {
  const tables = sweeps.map(({ axis, title, values }) => {
    const cells = values.map((value) => {
      const [first, again] = ['first', 'again'].map((time) =>
        rows.find((row) => row.axis === axis && row.value === value && row.time === time),
      );
      const said = [first, again].map((row) => `${row.processor.toFixed(2)} s | ${row.memory.toFixed(0)} MB`);
      return `| ${value} | ${said.join(' | ')} |`;
    });
    return `| ${title} | first | | known | |\n|---|---|---|---|---|\n${cells.join('\n')}\n`;
  });
  return `# How an analysis grows

Written by \`bench/scale-curves.mjs\`: processor time of all threads, starting included, and peak memory of \`rankscope analyze\`, medians of ${options.repeats}; the first time, and again with every
run known. ${usual.runs} runs × ${usual.layers} layers × ${usual.measurements} measurements × 7 metrics, but for what is varied; with a width, spectra of 160 examples are logged in their place, and the metrics
computed from them. ${cpus().length} cores (${cpus()[0].model}), load ${load.toFixed(1)} at the start, Node ${process.versions.node}.

${tables.join('\n')}`;
}

function figure() {
  const log = (field, title) => ({
    field,
    type: 'quantitative',
    scale: { type: 'log', nice: false, padding: 8 },
    axis: { title, format: '~g', tickCount: 4 },
  });
  const panels = sweeps.map(({ axis, title }) => ({
    width: 200,
    height: 150,
    data: {
      values: rows
        .filter((row) => row.axis === axis)
        .map(({ value, time, processor }) => ({
          value,
          processor,
          what: time === 'first' ? 'first time' : 'every run known',
        })),
    },
    mark: { type: 'line', point: true },
    encoding: {
      x: log('value', title),
      y: log('processor', 'Processor time (s)'),
      color: {
        field: 'what',
        type: 'nominal',
        scale: { domain: ['first time', 'every run known'] },
        legend: { title: 'Analysis', symbolOpacity: 1 },
      },
    },
  }));
  const { runs, layers, measurements } = usual;
  return {
    title: `Cost of an analysis of ${runs} runs × ${layers} layers × ${measurements} measurements, one of them varied`,
    vconcat: [{ hconcat: panels.slice(0, 2) }, { hconcat: panels.slice(2) }],
  };
}
