// The open questions of the published study on drawn digits: why no late changes and is the metric right (rates by metric, detector
// and axis of time), what changes in early changes, and whether hyper-parameters move changes. Trains two presets, some
// minutes on two cores; prints what docs/findings.md shows.
//
//   npm run build && node bench/open-questions.mjs [folder]
//
// With a folder the studies stay there, and are not trained again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeHypotheses } from '../dist/cli/commands/test.js';
import { presets } from '../dist/study/presets.js';
import { testStudy } from '../dist/workbench/test-study.js';
import { trainStudy } from '../dist/workbench/train-study.js';
import { predictionLines } from './open-questions/prediction.mjs';
import { rateRows } from './open-questions/rates.mjs';
import { printTable } from './open-questions/table.mjs';

const [given] = process.argv.slice(2);
const folder = given ?? mkdtempSync(join(tmpdir(), 'open-questions-'));
const started = process.cpuUsage();

const [early, sweep] = ['open-questions', 'sweep'].map((name) => join(folder, name));
await trainStudy(presets['open-questions'], early);
await trainStudy(presets.sweep, sweep);

const ofQuestion = (tested, pattern) => ({
  ...tested,
  findings: tested.findings.filter(({ question }) => pattern.test(question)),
});

const { tested, runs, analysis } = await testStudy(early);
console.log('(a) Why are there no late changes, and is the metric right?\n');
printTable(rateRows(runs));
console.log(`\n${describeHypotheses(ofQuestion(tested, /late changes|acquired late/))}`);

console.log('\n(b) What changes in early changes?\n');
console.log(describeHypotheses(ofQuestion(tested, /early changes|^Are early/)));

const swept = await testStudy(sweep);
console.log('\n(c) Can hyper-parameters predict or control changes?\n');
console.log(describeHypotheses(ofQuestion(swept.tested, /hyper-parameters/)));
console.log(predictionLines(swept).join('\n'));

const { user, system } = process.cpuUsage(started);
console.log(
  `\n${runs.length} and ${swept.runs.length} runs, metric ${analysis.seriesId}; ${Math.round((user + system) / 1e6)} s of processor time`,
);
if (given === undefined) rmSync(folder, { recursive: true });
