// rankscope's part in bench/training.mjs, in a process of its own: rankscope-run.mjs NETWORK|study STEPS MEASURE_EVERY THREADS [NETWORKS]
// Prints the seconds, the processor's seconds, the peak megabytes and the first losses as JSON.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRun } from '../../dist/measurements/log-store.js';
import { executeRun } from '../../dist/study/execute-run.js';
import { executeStudy } from '../../dist/study/execute-study.js';
import { measuringThread } from '../../dist/study/measuring-pool.js';
import { runFiles } from '../../dist/study/run-store.js';
import { plannedRun, studyOf } from './start.mjs';

const [what, ...given] = process.argv.slice(2);
const [steps, every, threads] = given.slice(0, 3).map(Number);
const options = { steps, every, threads };

if (what === 'study') {
  const study = studyOf(given[3].split(','), options);
  await timed(async (directory) => {
    const tool = { name: 'bench', version: '0' };
    const { outcomes } = await executeStudy(study, directory, { tool, machine: {}, workers: 2 });
    const failed = outcomes.find(({ stopped }) => stopped !== null);
    if (failed !== undefined) throw new Error(failed.stopped);
  });
} else {
  const { plan, data } = plannedRun(what, options);
  await timed(
    async (directory) => {
      // As a study of one run does on a machine with a second core.
      const measurer = measuringThread();
      const { stopped } = await executeRun(plan, data, runFiles(directory, plan), { measurer });
      await measurer.close();
      if (stopped !== null) throw new Error(stopped);
    },
    (directory) => {
      const run = readRun(directory, plan.id);
      return Array.from(run.steps, (step, i) => [step, run.loss[i]]);
    },
  );
}

async function timed(work, lossesIn = () => []) {
  const directory = mkdtempSync(join(tmpdir(), 'rankscope-bench-'));
  try {
    const [start, before] = [performance.now(), process.cpuUsage()];
    await work(directory);
    const seconds = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(before);
    const megabytes = process.resourceUsage().maxRSS / 1024;
    const losses = lossesIn(directory);
    console.log(JSON.stringify({ seconds, cpu: (user + system) / 1e6, megabytes, losses }));
  } finally {
    rmSync(directory, { recursive: true });
  }
}
