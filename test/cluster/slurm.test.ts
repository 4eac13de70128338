import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compiledPath } from '../compiled-program.ts';
import { describeWith } from '../requirements.ts';
import { contentOf } from '../study/directory-content.ts';
import { type SlurmHere, slurm, startSlurm } from './slurm-here.ts';

const studyFile = `
title: On a cluster
architectures: [{name: tiny, family: mlp, hidden: [16, 8]}]
datasets: [drawn_digits]
seeds: [0, 1, 2, 3]
training: {steps: 20000, examples: 200, batchSize: 16}
measurement: {every: 500, samples: 40}
evaluation: {every: 5000, examples: 40}
checkpoints: {every: 1000}
`;

interface Listed {
  readonly id: string;
  readonly state: string;
  readonly holder?: string;
  readonly task: { readonly job: string; readonly task: number; readonly state: string } | null;
}

describeWith(slurm, 'a study trained by SLURM', () => {
  // With what paths may hold and careless programs trip over.
  const folder = mkdtempSync(join(tmpdir(), 'rankscope cluster '));
  const study = join(folder, 'on the % cluster');
  let cluster: SlurmHere;

  const run = (command: string, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(command, args, {
      encoding: 'utf8',
      cwd: folder,
      env: { ...process.env, ...cluster.environment },
    });
    return { code: status, out: stdout, err: stderr };
  };
  const rankscope = (...args: string[]) => run(process.execPath, compiledPath('cli/main.js'), ...args);
  const status = (): Listed[] => JSON.parse(rankscope('status', study, '--json').out);
  const until = async (holds: () => boolean): Promise<void> => {
    for (let tries = 0; !holds(); tries++) {
      if (tries > 300) throw new Error(JSON.stringify([status(), run('squeue', '--array').out]));
      await pause(200);
    }
  };
  const training = (): Listed[] => status().filter(({ state }) => state === 'training');
  const pidOf = ({ holder }: Listed): number => Number(/process (\d+)/.exec(holder ?? '')?.[1]);
  const taskOf = ({ task }: Listed): string => `${task?.job}_${task?.task}`;
  /** Waits until so many runs train, and stops the clock of each: on a fast machine it would end before it is looked at. */
  const held = async (count: number): Promise<Listed[]> => {
    await until(() => {
      for (const run of training()) process.kill(pidOf(run), 'SIGSTOP');
      return training().length >= count;
    });
    return training();
  };
  const release = (run: Listed): boolean => process.kill(pidOf(run), 'SIGCONT');
  const jobs = (): string[] =>
    run('squeue', '--array', '--noheader', '--format', '%F_%K %T').out.trim().split('\n');

  beforeAll(async () => {
    cluster = startSlurm();
    writeFileSync(join(folder, 'study.yaml'), studyFile);
    for (let tries = 0; !/idle/.test(run('sinfo', '--noheader').out); tries++) {
      if (tries > 100) throw new Error(run('sinfo').out);
      await pause(200);
    }
  });
  afterAll(() => {
    run('scancel', '--user=root', '--signal=KILL', '--full');
    cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('survives killed tasks, requeues, a time limit and a cancellation: nothing is lost or doubled', async () => {
    expect(rankscope('train', 'study.yaml', '--out', 'here', '--quiet').code).toBe(0);

    const submitted = rankscope('submit', 'study.yaml', '--out', study, '--time', '10');
    expect(submitted.err).toBe('');
    expect(submitted.out).toMatch(/^Job \d+: 4 runs in 4 tasks/);

    // A node's task is killed: its run is free at once, and the next of the array begins.
    const [killed] = await held(2);
    process.kill(pidOf(killed), 'SIGKILL');
    await until(() => status().some(({ task }) => task?.state !== 'RUNNING' && task?.state !== 'PENDING'));

    // The scheduler takes a task back, as for a preemption.
    const [requeued, timely] = await held(2);
    expect(run('scontrol', 'requeue', taskOf(requeued)).code).toBe(0);
    release(requeued);
    await until(() => jobs().includes(`${taskOf(requeued)} PENDING`));

    // A task is told that its time is up: it saves, and queues itself.
    run('scancel', '--batch', '--signal=USR1', taskOf(timely));
    release(timely);
    await until(() => jobs().includes(`${taskOf(timely)} PENDING`));

    // What is queued or runs is not submitted again.
    const alive = status().flatMap(({ id, task }) => (/PENDING|RUNNING/.test(task?.state ?? '') ? [id] : []));
    expect(alive.length).toBeGreaterThan(0);
    const meanwhile = JSON.parse(rankscope('resume', study, '--json').out) as { runs: string[] } | null;
    expect(meanwhile?.runs.filter((id) => alive.includes(id)) ?? []).toEqual([]);

    expect(rankscope('cancel', study).out).toMatch(/^Canceled: \d tasks? of job/);
    await until(() => run('squeue', '--noheader').out === '');
    expect(training()).toEqual([]);
    expect(status().some(({ state }) => state !== 'ended')).toBe(true);

    const resumed = rankscope('resume', study);
    expect(resumed.out).toMatch(/^Job \d+: \d runs? in \d tasks?/);
    await until(() => status().every(({ state }) => state === 'ended'));
    expect(rankscope('resume', study).out).toMatch(/^Nothing left to submit/);
    await until(() => run('squeue', '--noheader').out === '');

    const { here, there } = { here: contentOf(join(folder, 'here')), there: contentOf(study) };
    const files = Object.keys(there).filter((name) => !name.startsWith('cluster'));
    expect(files.sort()).toEqual(Object.keys(here).sort());
    for (const name of files) expect(there[name] === here[name], name).toBe(true);
    const printed = status().map(({ id }) => rankscope('logs', study, id).out);
    for (const text of printed) expect(text.match(/ complete$/gm)).toHaveLength(1);
  });
});
