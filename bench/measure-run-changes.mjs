// How often a change of a run as a whole is reported where nothing changes, and how often a planted one is found, in simulated runs.
//
//   npm run build && node bench/measure-run-changes.mjs nulls|power [runs] [lengths] [--controls 3] [--seeds 3] [--seed 1]
//
// nulls: every family of src/validity/run-changes/null-runs.ts, drawn anew (none of the runs that bench/calibrate-run-changes.mjs saw): runs
// with a change, with the 95 % interval of that share. power: changes of pace and level in the middle of a run.

import { parseArgs } from 'node:util';
import { measureRunAlarms, measureRunPower } from '../dist/validity/run-changes/measure-run-changes.js';
import { nullRuns } from '../dist/validity/run-changes/null-runs.js';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    controls: { type: 'string', default: '0' },
    seeds: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
  },
});
const [what = 'nulls', runs = '60', lengths = '40,100,400'] = positionals;
const common = { runs: Number(runs), controls: Number(options.controls), seeds: Number(options.seeds) };
const measureOptions = { seed: Number(options.seed) };
const percent = (value) => `${(100 * value).toFixed(1)} %`;
const rate = ({ value, interval }) => `${percent(value)} [${interval.map(percent).join(', ')}]`;

const changes = [
  { pace: 0.1 },
  { pace: 0.3 },
  { pace: 3 },
  { jump: 30 },
  { jump: 80 },
  { jump: 80, recovery: 10 },
];

for (const n of lengths.split(',').map(Number)) {
  if (what === 'nulls') {
    const cells = nullRuns.map(({ name }) =>
      measureRunAlarms({ ...common, family: name, n }, measureOptions),
    );
    for (const { family, alarmed } of cells) {
      if (alarmed.value > 0) console.log(`${n} ${family}: ${rate(alarmed)}`);
    }
    const alarms = cells.reduce((sum, { alarmed }) => sum + alarmed.value * common.runs, 0);
    console.log(`${n}, all ${cells.length} families: ${percent(alarms / (cells.length * common.runs))}`);
  } else {
    for (const change of changes) {
      const cell = { ...common, family: 'swinging', n, change };
      const { found, held, width } = measureRunPower(cell, measureOptions);
      const place = held === null ? '' : `; interval holds ${rate(held)}, width ${width} measurements`;
      console.log(`${n} ${JSON.stringify(change)}: found ${rate(found)}${place}`);
    }
  }
}
