// How often hypotheses about changes are borne out, or refuted, where nothing is behind it: in each round every change and its control
// exchange their places at random, on the measurements of a study that was trained for the purpose (or is given).
//
//   npm run build && node bench/hypothesis-false-positives.mjs [study with checkpoints] [rounds]
//
// What is counted is a verdict; the p-values of one round are adjusted over all hypotheses, so that no more than alpha of the rounds may have any.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hypotheses } from '../dist/hypotheses/registry.js';
import { relabelWindows } from '../dist/hypotheses/relabel-windows.js';
import { testHypotheses } from '../dist/hypotheses/test-hypotheses.js';
import { createRandom } from '../dist/numerics/random.js';
import { studyEvidence } from '../dist/workbench/test-study.js';
import { trainAroundChanges } from '../dist/workbench/train-around-changes.js';
import { printTable } from './open-questions/table.mjs';

const [given, asked = '1000'] = process.argv.slice(2);
const rounds = Number(asked);
const alpha = 0.05;
const study = {
  architectures: [
    { name: 'mlp', family: 'mlp', hidden: [32, 32] },
    { name: 'cnn', family: 'cnn', channels: [8, 16] },
    { name: 'transformer', family: 'transformer', width: 16, heads: 4, blocks: 2 },
  ],
  datasets: ['drawn_digits'],
  seeds: [0, 1, 2],
  training: { steps: 400 },
  measurement: { every: 2 },
  evaluation: { every: 50, examples: 500 },
};

const folder = given ?? join(mkdtempSync(join(tmpdir(), 'relabeled-')), 'study');
if (given === undefined) await trainAroundChanges(study, folder);
const { evidence } = await studyEvidence(folder);
const ofWindows = hypotheses.filter(({ windows }) => windows.includes('matched controls'));
const random = createRandom('relabeled');
const counts = new Map();
let any = 0;
for (let round = 0; round < rounds; round++) {
  const plan = relabelWindows(evidence.plan, random);
  const { findings } = testHypotheses({ ...evidence, plan }, { hypotheses: ofWindows, alpha, seed: round });
  let called = false;
  for (const { id, verdict, null: held } of findings) {
    const count = counts.get(id) ?? { tested: 0, alone: 0, supported: 0, refuted: 0 };
    counts.set(id, count);
    if (held?.adjustedPValue == null) continue;
    count.tested++;
    if (held.pValue <= alpha) count.alone++;
    if (verdict === 'supported') count.supported++;
    if (verdict === 'refuted') count.refuted++;
    called ||= verdict === 'supported' || verdict === 'refuted';
  }
  if (called) any++;
}
printTable([
  ['hypothesis', 'rounds that could decide', 'p at most 0.05', 'supported', 'refuted'],
  ...[...counts].map(([id, { tested, alone, supported, refuted }]) => [
    id,
    tested,
    alone,
    supported,
    refuted,
  ]),
]);
const share = any / rounds;
const error = Math.sqrt((share * (1 - share)) / rounds);
console.log(
  `${rounds} rounds, false discovery rate ${alpha}: any verdict in ${any} (${(100 * share).toFixed(1)} % ± ${(100 * error).toFixed(1)}), ${evidence.runs.length} runs`,
);
if (given === undefined) rmSync(join(folder, '..'), { recursive: true });
