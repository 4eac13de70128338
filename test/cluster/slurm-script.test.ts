import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { slurmScript } from '../../src/cluster/slurm-script.ts';
import { assertResources, type Resources } from '../../src/cluster/submission.ts';
import { InputError } from '../../src/errors/input-error.ts';
import { itWith, system } from '../requirements.ts';

const shell = system(process.platform !== 'win32', 'Windows has no bash');
const resources: Resources = { cpus: 2, options: [] };
const script = (command: readonly string[], more: Partial<Resources> = {}, outputFolder = '/study/output') =>
  slurmScript({
    name: 'rankscope',
    workingFolder: '/home/me',
    outputFolder,
    command,
    tasks: [0, 1, 2, 5],
    resources: { ...resources, ...more },
  });
const directives = (text: string): string[] => text.split('\n').filter((line) => line.startsWith('#SBATCH'));

describe('the script of an array job', () => {
  it('asks for what it is told to, and to be told before its time is up', () => {
    const more = { partition: 'long', time: '4:00:00', memory: '4G', gres: 'gpu:1', arrayLimit: 10 };
    expect(directives(script(['x'], { ...more, options: ['--account=lab'] }))).toEqual([
      '#SBATCH --job-name=rankscope',
      '#SBATCH --array=0-2,5%10',
      '#SBATCH --chdir=/home/me',
      '#SBATCH --output=/study/output/%A_%a.out',
      '#SBATCH --open-mode=append',
      '#SBATCH --requeue',
      '#SBATCH --signal=B:USR1@60',
      '#SBATCH --cpus-per-task=2',
      '#SBATCH --partition=long',
      '#SBATCH --time=4:00:00',
      '#SBATCH --mem=4G',
      '#SBATCH --gres=gpu:1',
      '#SBATCH --account=lab',
    ]);
  });

  it('keeps paths whole: spaces in quotes, and no percent sign that SLURM would fill in', () => {
    expect(directives(script(['x'], {}, '/my study/100 %/output'))).toContain(
      '#SBATCH "--output=/my study/100 %%/output/%A_%a.out"',
    );
  });

  it('is not written where the name of a folder would end a line, and be run', () => {
    expect(() => script(['x'], {}, '/study\necho run\n/output')).toThrow(InputError);
  });

  itWith(shell, 'hands every word of the command over as it is, and ends as the command does', () => {
    const words = ["it's", 'a $HOME', '`b`', '"c"', '\\'];
    const print = 'process.stdout.write(JSON.stringify(process.argv.slice(1))); process.exitCode = 3';
    const { stdout, status } = spawnSync('bash', ['-s'], {
      input: script([process.execPath, '-e', print, ...words]),
      env: { ...process.env, SLURM_ARRAY_TASK_ID: '5' },
      encoding: 'utf8',
    });
    expect(JSON.parse(stdout)).toEqual([...words, '5']);
    expect(status).toBe(3);
  });
});

describe('what a task may ask for', () => {
  it.each([
    [{ partition: 'long\n#SBATCH --uid=0' }, '--partition'],
    [{ time: '' }, '--time'],
    [{ options: ['account=lab'] }, '--option'],
    [{ options: ['--comment=a\nrm -r /'] }, '--option'],
  ])('is one line: %j is refused', (more, field) => {
    expect(() => assertResources({ ...resources, ...more })).toThrow(InputError);
    expect(() => assertResources({ ...resources, ...more })).toThrow(field);
  });
});
