import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { compiledPath } from '../compiled-program.ts';
import { describeWith, system } from '../requirements.ts';
import { type Answer, rankscope, scratchFolder } from './rankscope.ts';
import { writeTinyStudy } from './tiny-study.ts';

const main = compiledPath('cli/main.js');
const signals = system(process.platform !== 'win32', 'Windows has no signals that a program can answer');

/** A study that would take a long time. */
const longStudy = (changes: Record<string, unknown> = {}): string =>
  writeTinyStudy({
    seeds: [0, 1],
    training: { steps: 10_000_000, examples: 64, batchSize: 16 },
    measurement: { every: 1_000_000, samples: 20 },
    evaluation: { every: 10_000_000, examples: 40 },
    ...changes,
  });

/** A command line under way; its texts grow while it runs. */
interface Running {
  readonly process: ChildProcess;
  readonly texts: { out: string; err: string };
  readonly ended: Promise<Answer & { readonly signal: NodeJS.Signals | null }>;
}

function start(command: string, args: readonly string[]): Running {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const texts = { out: '', err: '' };
  child.stdout.on('data', (text: Buffer) => {
    texts.out += text;
  });
  child.stderr.on('data', (text: Buffer) => {
    texts.err += text;
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, ...texts }));
  return { process: child, texts, ended };
}

const train = (file: string, out: string, ...more: string[]): Running =>
  start(process.execPath, [main, 'train', file, '--out', out, ...more]);

const patience = { timeout: 120_000, interval: 20 };
const logsOf = (study: string): string[] => {
  const runs = join(study, 'runs');
  return existsSync(runs) ? readdirSync(runs).filter((name) => name.endsWith('.jsonl')) : [];
};
/** Waits until that many runs have logged their first measurement. */
const underWay = (study: string, runs: number): Promise<void> =>
  expect
    .poll(() => {
      const lines = logsOf(study).map(
        (name) => readFileSync(join(study, 'runs', name), 'utf8').split('\n').length,
      );
      return lines.filter((count) => count > 2).length;
    }, patience)
    .toBe(runs);

const savedStep = (study: string, run: string): number => {
  const [name, ...others] = readdirSync(join(study, 'checkpoints', run))
    .toSorted()
    .toReversed();
  expect(others.length).toBeLessThanOrEqual(1);
  return Number(/\d+/.exec(name)![0]);
};

describeWith(signals, 'rankscope train, interrupted', () => {
  it('finishes the step, saves it, and prints the command that goes on', async () => {
    const file = longStudy();
    const study = join(scratchFolder(), 'it’s a $tudy');
    const first = train(file, study, '--workers', '2', '--overwrite');
    await underWay(study, 2);
    first.process.kill('SIGINT');
    const { code, out, err } = await first.ended;
    expect(code).toBe(130);
    expect(out).toMatch(/tiny_mnist_seed0 +\d\.\d+ +interrupted after step \d+/);
    expect(err).toContain('Interrupt again to stop at once.');
    expect(err).toContain('To go on with the 2 runs that are left:\n  ');
    expect(readdirSync(study).toSorted()).toEqual(['checkpoints', 'manifest.json', 'runs']);
    const reached = savedStep(study, 'tiny_mnist_seed0');

    const command = err.trim().split('\n').at(-1)!.trim();
    expect(command).not.toContain('--overwrite');
    const second = start('/bin/sh', ['-c', `exec ${command}`]);
    await expect.poll(() => existsSync(join(study, 'claims')), patience).toBe(true);
    await underWay(study, 2);
    second.process.kill('SIGTERM');
    const again = await second.ended;
    expect(again.code).toBe(143);
    expect(again.err.trim().split('\n').at(-1)!.trim()).toBe(command);
    expect(savedStep(study, 'tiny_mnist_seed0')).toBeGreaterThan(reached);
  });

  it('stops at once the second time, though a step takes an age', async () => {
    const file = longStudy({
      seeds: [0],
      sharpness: { at: [1], examples: 60, iterations: 10_000, tolerance: 1e-12 },
      architectures: [{ name: 'wide', family: 'mlp', hidden: [400, 400] }],
    });
    const study = join(scratchFolder(), 'study');
    const running = train(file, study);
    await underWay(study, 1);
    running.process.kill('SIGINT');
    await expect.poll(() => running.texts.err, patience).toContain('Interrupt again to stop at once.');
    expect(running.process.exitCode).toBeNull();
    // One that follows the first closely would be taken for its echo.
    await new Promise((resolve) => setTimeout(resolve, 200));
    running.process.kill('SIGINT');
    expect(await running.ended).toMatchObject({ code: null, signal: 'SIGINT', out: '' });
  });
});

describeWith(signals, 'rankscope train, of which two work on one folder', () => {
  it('leaves to the first what that holds, and takes over what it leaves when killed', async () => {
    const file = longStudy();
    const study = join(scratchFolder(), 'study');
    const first = train(file, study, '--workers', '2');
    await underWay(study, 2);
    const second = rankscope('train', file, '--out', study);
    expect(second.code).toBe(1);
    expect(second.out).toMatch(new RegExp(`tiny_mnist_seed1 +– +with process ${first.process.pid} on `));
    const held = `tiny_mnist_seed0, tiny_mnist_seed1 (process ${first.process.pid} on `;
    expect(second.err).toContain(`Trained by other processes: ${held}`);
    expect(second.err).toContain(`Left to other processes: ${held}`);
    expect(second.err).not.toContain('To go on');

    first.process.kill('SIGKILL');
    await first.ended;
    const third = train(file, study, '--workers', '2');
    const claim = join(study, 'claims', '.after-');
    await expect
      .poll(
        () =>
          readdirSync(join(study, 'claims')).filter((name) => join(study, 'claims', name).startsWith(claim)),
        patience,
      )
      .toHaveLength(2);
    await underWay(study, 2);
    third.process.kill('SIGINT');
    expect(await third.ended).toMatchObject({
      code: 130,
      err: expect.not.stringContaining('other processes'),
    });
    expect(existsSync(join(study, 'claims'))).toBe(false);
  });
});
