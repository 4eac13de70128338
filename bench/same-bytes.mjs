// Trains a study with one worker and with more, and counts the lines of its logs that are not the same. There should be none.
//
//   npm run build && node bench/same-bytes.mjs [study.yaml] [options]
//
//   --workers 2,3,4   what is held against one worker
//   --threads 1,2     numbers of threads of a run; logs are compared at equal ones
//   --rounds 1        how often each number of workers is tried: a race need not show at once
//   --steps 120       of the study below
//
// Without a study: a network of each family, measured, evaluated and tracked at every step, so that no measuring thread
// keeps up and the training thread takes readings too. Ends with code 1 if a line differs.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { executeStudy } from '../dist/study/execute-study.js';
import { checkStudyFile, parseStudyFile } from '../dist/study/study-file.js';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    workers: { type: 'string', default: '2,3,4' },
    threads: { type: 'string', default: '1,2' },
    rounds: { type: 'string', default: '1' },
    steps: { type: 'string', default: '120' },
  },
});
const numbers = (list) => list.split(',').map(Number);

const everything = {
  title: 'Everything at every step',
  architectures: [
    { name: 'dense', family: 'mlp', hidden: [16, 16] },
    { name: 'filters', family: 'cnn', channels: [4, 8] },
    { name: 'reader', family: 'transformer', width: 8, heads: 2, blocks: 1 },
  ],
  datasets: ['drawn_digits'],
  training: { steps: Number(options.steps), examples: 256, batchSize: 8 },
  measurement: { every: 1, samples: 160, layers: 'all' },
  evaluation: { every: 1, examples: 250 },
  weights: { every: 1 },
  gradientNoise: { every: 10, examples: 64 },
  sharpness: { every: 10, examples: 32, iterations: 2 },
  hessian: { every: 10, examples: 32, probes: 2, steps: 2 },
};

function studyAt(threads) {
  const study =
    positionals.length === 0
      ? checkStudyFile(everything, 'everything')
      : parseStudyFile(readFileSync(positionals[0], 'utf8'), positionals[0]);
  return { ...study, training: { ...study.training, threads } };
}

async function logsOf(study, workers) {
  const folder = mkdtempSync(join(tmpdir(), 'rankscope-bytes-'));
  try {
    const tool = { name: 'bench', version: '0' };
    const { outcomes } = await executeStudy(study, folder, { tool, machine: {}, workers });
    return outcomes.map(({ id }) => ({
      id,
      lines: readFileSync(join(folder, 'runs', `${id}.jsonl`), 'utf8').split('\n'),
    }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

let wrong = 0;
for (const threads of numbers(options.threads)) {
  const study = studyAt(threads);
  const alone = await logsOf(study, 1);
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const workers of numbers(options.workers)) {
      const logs = await logsOf(study, workers);
      const counts = logs.map(({ id, lines }, run) => {
        const expected = alone[run].lines;
        const differing =
          Math.abs(lines.length - expected.length) +
          lines.filter((line, i) => i < expected.length && line !== expected[i]).length;
        wrong += differing;
        return `${id} ${differing} of ${expected.length - 1}`;
      });
      console.log(
        `${threads} threads, ${workers} workers: lines that differ from one worker's: ${counts.join(', ')}`,
      );
    }
  }
}
process.exitCode = wrong === 0 ? 0 : 1;
