// How well changes of a run as a whole are found in real training in which one known thing changed at one known step.
//
//   npm run build && node bench/interventions.mjs --data <folder> [--data <folder> …] [--controls <study folder>]
//     [--loss loss|batch_loss] [--every 10] [--alpha 0.05] [--against 3] [--pooled] [--json]
//
// --data: safetensors files as bench/train-interventions.mjs writes them. --controls: a study of rankscope in which nothing changes.
// --every: looks at each so many-th measurement only. --against: compares each run with so many controls of its network (`none` in the
// same folder; where several conditions have its seed, of other seeds). --pooled: the seeds of a condition together.
// Prints, per network and step and per condition: runs, found within 50 steps, error, share of intervals that hold the step,
// and false alarms: before the step, and in controls, also per 1,000 steps.

import { parseArgs } from 'node:util';
import { changesOfRuns } from '../dist/dynamics/run-changes/changes-of-run.js';
import { readStudy } from '../dist/measurements/study-store.js';
import { quantile } from '../dist/numerics/quantile.js';
import { wilsonInterval } from '../dist/numerics/wilson-interval.js';
import { readRuns } from './interventions/read-runs.mjs';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', multiple: true, default: [] },
    controls: { type: 'string' },
    loss: { type: 'string', default: 'loss' },
    every: { type: 'string', default: '1' },
    alpha: { type: 'string', default: '0.05' },
    against: { type: 'string', default: '0' },
    pooled: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const NEAR = 50;

const studied =
  options.controls === undefined
    ? []
    : readStudy(options.controls).runs.map((run) => ({
        run,
        network: run.architecture,
        condition: 'none',
        changedAt: null,
        seed: `${run.seed}`,
      }));
const every = Number(options.every);
const all = [
  ...options.data.flatMap((folder) => readRuns(folder, { loss: options.loss, every })),
  ...studied,
];
if (all.length === 0) throw new Error('no runs; allowed: --data <folder>, --controls <study folder>');

const rows = groups(all).map((group) => ({ group, result: analyzed(group) }));
const changed = rows.filter(({ group }) => group[0].changedAt !== null);
const controls = rows.filter(({ group }) => group[0].changedAt === null);
if (options.json)
  console.log(
    JSON.stringify(rows.map(({ group, result }) => ({ ids: group.map(({ run }) => run.id), result }))),
  );
else report();

/** Each run by itself, or the seeds of a condition together. */
function groups(runs) {
  if (!options.pooled) return runs.map((one) => [one]);
  const byCondition = Map.groupBy
    ? Map.groupBy(runs, conditionOf)
    : runs.reduce(
        (map, one) => map.set(conditionOf(one), [...(map.get(conditionOf(one)) ?? []), one]),
        new Map(),
      );
  return [...byCondition.values()];
}

function conditionOf({ network, condition, changedAt }) {
  return `${network} ${condition} ${changedAt}`;
}

function analyzed(group) {
  const [{ network, run }] = group;
  const seeds = new Set(group.map(({ seed }) => seed));
  const against = all
    .filter((one) => one.network === network && one.condition === 'none' && !seeds.has(one.seed))
    .filter((one) => one.run.steps.length === run.steps.length)
    .slice(0, Number(options.against))
    .map((one) => one.run);
  return changesOfRuns(
    group.map((one) => one.run),
    { alpha: Number(options.alpha), against },
  );
}

function changesIn({ result }) {
  return result.testable ? result.changes.filter(({ kind }) => kind === 'change') : [];
}

function judged(row) {
  const T = row.group[0].changedAt;
  const near = changesIn(row).filter(({ step }) => Math.abs(step - T) <= NEAR);
  const best = near.sort((a, b) => b.strength - a.strength)[0] ?? null;
  return {
    best,
    error: best === null ? null : Math.abs(best.step - T),
    holds: best !== null && best.interval[0] <= T && T <= best.interval[1],
    width: best === null ? null : best.interval[1] - best.interval[0],
    early: changesIn(row).some(({ step }) => step < T - NEAR),
    later: changesIn(row).some(({ step }) => step > T + NEAR),
    refused: !row.result.testable,
  };
}

function report() {
  const table = [['runs', 'n', 'found', 'error', '90 %', 'holds', 'width', 'early', 'later', 'missed']];
  const add = (name, members) => {
    const results = members.map((row) => ({ ...judged(row), id: row.group[0].run.id }));
    const found = results.filter(({ best }) => best !== null);
    const at = (values, p) => (values.length === 0 ? '–' : quantile(values, p).toFixed(0));
    const errors = found.map(({ error }) => error);
    const missed = results.filter(({ best }) => best === null).map(({ id }) => id);
    table.push([
      name,
      results.length,
      found.length,
      at(errors, 0.5),
      at(errors, 0.9),
      `${found.filter(({ holds }) => holds).length}`,
      at(
        found.map(({ width }) => width),
        0.5,
      ),
      results.filter(({ early }) => early).length,
      results.filter(({ later }) => later).length,
      missed.length > 4 ? `${missed.length} runs` : missed.join(' '),
    ]);
  };
  const settings = [
    ...new Set(changed.map(({ group: [{ network, changedAt }] }) => `${network} T=${changedAt}`)),
  ];
  for (const setting of settings) {
    const members = changed.filter(
      ({ group: [{ network, changedAt }] }) => `${network} T=${changedAt}` === setting,
    );
    for (const condition of [...new Set(members.map(({ group }) => group[0].condition))].sort()) {
      add(
        `${setting} ${condition}`,
        members.filter(({ group }) => group[0].condition === condition),
      );
    }
    add(`${setting} all`, members);
  }
  if (settings.length > 1) add('all', changed);
  if (changed.length > 0) {
    printTable(table);
    const results = changed.map(judged);
    const found = results.filter(({ best }) => best !== null);
    console.log(`found within ${NEAR} steps: ${share(found.length, results.length)}`);
    if (found.length > 0)
      console.log(
        `interval holds the step: ${share(found.filter(({ holds }) => holds).length, found.length)} of those found`,
      );
    console.log(
      `alarm before the step: ${share(results.filter(({ early }) => early).length, results.length)}`,
    );
    console.log(
      `new change called after it: ${share(results.filter(({ later }) => later).length, results.length)}`,
    );
    const refused = results.filter((one) => one.refused).length;
    if (refused > 0) console.log(`not testable: ${refused}`);
  }
  for (const network of [...new Set(controls.map(({ group }) => group[0].network))]) {
    const members = controls.filter(({ group }) => group[0].network === network);
    const alarmed = members.filter((row) => changesIn(row).length > 0);
    const steps = members.reduce(
      (sum, { result }) => sum + (result.testable ? result.tested[1] - result.tested[0] : 0),
      0,
    );
    const alarms = members.reduce((sum, row) => sum + changesIn(row).length, 0);
    console.log(
      `controls ${network}: alarm in ${share(alarmed.length, members.length)}, ${((1000 * alarms) / steps).toFixed(3)} per 1,000 steps tested` +
        (alarmed.length === 0
          ? ''
          : ` (${alarmed
              .slice(0, 6)
              .map(
                (row) =>
                  `${row.group[0].run.id}: ${changesIn(row)
                    .map(({ step, strength }) => `${step} ×${strength.toFixed(2)}`)
                    .join(' ')}`,
              )
              .join('; ')})`),
    );
  }
}

function share(count, total) {
  const [low, high] = wilsonInterval(count, total);
  const percent = (x) => `${(100 * x).toFixed(0)} %`;
  return `${count} of ${total} = ${percent(count / total)} [${percent(low)}, ${percent(high)}]`;
}

function printTable(lines) {
  const widths = lines[0].map((_, i) => Math.max(...lines.map((line) => `${line[i]}`.length)));
  for (const line of lines) {
    console.log(
      line
        .map((cell, i) => (i === 0 ? `${cell}`.padEnd(widths[i]) : `${cell}`.padStart(widths[i])))
        .join('  '),
    );
  }
}
