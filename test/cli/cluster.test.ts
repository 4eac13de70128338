import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, it } from 'vitest';
import { compiledPath } from '../compiled-program.ts';
import { describeWith, system } from '../requirements.ts';
import { type Answer, scratchFolder } from './rankscope.ts';
import { writeTinyStudy } from './tiny-study.ts';

/** A study file and a folder for the study, beside commands that answer as SLURM's do: each is a script of its own. */
function cluster(commands: Readonly<Record<string, string>>) {
  const folder = scratchFolder();
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const answers = (name: string, script: string): void => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  const silent = { sacct: 'exit 1', scontrol: 'exit 1' };
  for (const [name, script] of Object.entries({ ...silent, ...commands })) answers(name, script);
  return {
    file: writeTinyStudy({ seeds: [0, 1, 2] }),
    study: join(folder, 'my study'),
    answers,
    rankscope: (...args: string[]): Answer => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [compiledPath('cli/main.js'), ...args], {
        encoding: 'utf8',
        env: { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) },
      });
      return { code: status, out: stdout, err: stderr };
    },
  };
}

const accepting = { sbatch: 'echo 7', scontrol: 'echo "MaxArraySize = 1001"' };
const unreachable = 'echo "slurm_load_jobs error: Unable to contact slurm controller" >&2; exit 1';
const forgotten = 'echo "slurm_load_jobs error: Invalid job id specified" >&2; exit 1';
const shells = system(process.platform !== 'win32', 'commands that a shell runs');

describeWith(shells, 'a scheduler that does not answer', () => {
  it('is not taken for an empty queue: nothing is submitted twice, and no task is said to be gone', () => {
    const { file, study, rankscope } = cluster({ ...accepting, squeue: unreachable });
    expect(rankscope('submit', file, '--out', study)).toMatchObject({ code: 0, err: '' });
    const refused = { code: 1, out: '', err: expect.stringContaining('Unable to contact slurm controller') };
    for (const command of ['resume', 'cancel']) expect(rankscope(command, study)).toMatchObject(refused);
    expect(rankscope('submit', file, '--out', study)).toMatchObject(refused);
  });

  it('leaves what the study’s own records say', () => {
    const { file, study, rankscope } = cluster({ ...accepting, squeue: unreachable });
    rankscope('submit', file, '--out', study);
    const { code, out, err } = rankscope('status', study);
    expect(code).toBe(1);
    expect(out).toMatch(/^3 runs: 0 ended, 3 not begun/);
    expect(err).toMatch(/^Note: by the study’s own records alone; squeue refused: .*Unable to contact/);
    expect(rankscope('resume', study, '--dry-run').code).toBe(0);
  });

  it('is another than one that has forgotten the jobs, whose runs are submitted again', () => {
    const { file, study, rankscope } = cluster({ ...accepting, squeue: forgotten });
    rankscope('submit', file, '--out', study);
    expect(rankscope('status', study).err).toBe('');
    expect(rankscope('cancel', study)).toMatchObject({
      code: 0,
      out: 'No task of the study is in the queue.\n',
    });
    expect(rankscope('resume', study).out).toMatch(/^Job 7: 3 runs in 3 tasks/);
  });
});

describeWith(shells, 'rankscope resume', () => {
  it('refuses a study that it cannot train, whatever its runs are at', () => {
    const { study, rankscope } = cluster(accepting);
    const table = join(scratchFolder(), 'log.csv');
    writeFileSync(table, 'step,loss\n0,3\n1,2\n2,1\n');
    expect(rankscope('import', table, '--out', study, '--quiet').code).toBe(0);
    expect(rankscope('resume', study, '--dry-run')).toMatchObject({
      code: 2,
      err: expect.stringContaining('trained: a study of rankscope train'),
    });
  });
});

describeWith(shells, 'rankscope submit', () => {
  it('prints what to give next as a shell takes it', () => {
    const { file, study, rankscope } = cluster({ ...accepting, squeue: 'echo "7|0|PENDING||Priority"' });
    expect(rankscope('submit', file, '--out', study).out).toContain(`rankscope status '${study}'\n`);
    expect(rankscope('cancel', study).err).toMatch(/scancel/);
  });

  it('refuses an option before it begins a study', () => {
    const { file, study, rankscope } = cluster(accepting);
    const { code, err } = rankscope('submit', file, '--out', study, '--option', 'account=lab');
    expect(code).toBe(2);
    expect(err).toContain('an option of sbatch on one line');
    expect(existsSync(study)).toBe(false);
  });

  it('writes with --dry-run the script that it would submit, with as many tasks as the cluster allows', () => {
    const { file, study, rankscope, answers } = cluster({ scontrol: 'echo "MaxArraySize = 2"' });
    const array = (): string | undefined => {
      const folder = join(study, 'cluster');
      const script = readdirSync(folder).find((name) => name.endsWith('.sbatch')) ?? '';
      return /--array=(\S+)/.exec(readFileSync(join(folder, script), 'utf8'))?.[1];
    };
    expect(rankscope('submit', file, '--out', study, '--dry-run').out).toMatch(
      /^Not submitted: 3 runs in 2 tasks .*\nTo submit them: the same command without --dry-run\./,
    );
    expect(array()).toBe('0-1');
    answers('scontrol', 'exit 1');
    rankscope('submit', file, '--out', study, '--dry-run');
    expect(array()).toBe('0-2');
  });
});
