// How well changes of a run as a whole are found in real training in which one known thing changed at one known step.
//
//   npm run build && node bench/interventions.mjs (--data <folder> | --study <folder>) … [--every 10] [--alpha 0.05]
//     [--against 3] [--pooled] [--json]
//
// --data: safetensors files, one a run: `step`, `loss` and `singular_values.<depth>.<layer>` [measurements, width] of the centered
// outputs; metadata network, condition (`none` and `z` are controls), changed_at, seed. --study: a study of rankscope, e.g. of
// bench/interventions/*.yaml; a run changes at its last event, and is a control if it has none. Both may be given several times.
// --every: looks at each so many-th measurement only. --against: compares each run with so many controls of its network, of other
// seeds. --pooled: looks at the seeds of a condition together.
// Prints, per network and step and per condition: runs, those found within 50 steps, error, intervals that hold the step and
// their width, and other changes before and after; then alarms in controls, also per 1,000 steps.

import { parseArgs } from 'node:util';
import { changesOfRuns } from '../dist/dynamics/run-changes/changes-of-run.js';
import { readDataFolder, readStudyFolder } from './interventions/read-runs.mjs';
import { report } from './interventions/report.mjs';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', multiple: true, default: [] },
    study: { type: 'string', multiple: true, default: [] },
    every: { type: 'string', default: '1' },
    alpha: { type: 'string', default: '0.05' },
    against: { type: 'string', default: '0' },
    pooled: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const every = Number(options.every);
const all = [
  ...options.data.flatMap((folder) => readDataFolder(folder, every)),
  ...options.study.flatMap((folder) => readStudyFolder(folder, every)),
];
if (all.length === 0) throw new Error('no runs; allowed: --data <folder>, --study <folder>');

const rows = groups().map((group) => ({ group, result: analyzed(group) }));
if (options.json) {
  for (const { group, result } of rows)
    console.log(JSON.stringify({ runs: group.map(({ run }) => run.id), ...result }));
} else report(rows);

/** Each run by itself, or the seeds of a condition together. */
function groups() {
  if (!options.pooled) return all.map((one) => [one]);
  const byCondition = new Map();
  for (const one of all) {
    const name = `${one.network} ${one.condition} ${one.changedAt}`;
    byCondition.set(name, [...(byCondition.get(name) ?? []), one]);
  }
  return [...byCondition.values()];
}

function analyzed(group) {
  const [{ network, run }] = group;
  const seeds = new Set(group.map(({ seed }) => seed));
  const controls = all
    .filter((one) => one.network === network && one.changedAt === null && !seeds.has(one.seed))
    .filter((one) => one.run.steps.length === run.steps.length)
    .slice(0, Number(options.against));
  return changesOfRuns(
    group.map((one) => one.run),
    {
      alpha: Number(options.alpha),
      against: options.against === '0' ? undefined : controls.map((one) => one.run),
    },
  );
}
