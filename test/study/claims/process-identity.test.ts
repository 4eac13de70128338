import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { processState, thisProcess } from '../../../src/study/claims/process-identity.ts';
import { itWith, system } from '../../requirements.ts';

it('finds this process running, by the same marks every time', () => {
  const own = thisProcess();
  expect(own).toEqual(thisProcess());
  expect(own.pid).toBe(process.pid);
  expect(processState(own.pid)).toEqual({ running: true, started: own.started });
});

it('finds another process while it runs, and not afterwards', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  expect(processState(child.pid!).running).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(processState(child.pid!)).toEqual({ running: false });
});

itWith(
  system(process.platform === 'linux', 'only Linux says when a process started'),
  'tells processes by when they started, where Linux says it',
  async () => {
    const [own, first] = [thisProcess(), processState(1)];
    expect(own.processTable).toMatch(/ pid:\[\d+\]$/);
    expect(first).toEqual({ running: true, started: expect.stringMatching(/^\d+$/) });
    expect(own.started).toMatch(/^\d+$/);
    expect(own.started).not.toBe((first as { started: string }).started);
  },
);

const shell = system(existsSync('/bin/sh'), 'no /bin/sh');

itWith(shell, 'takes a process that is dead but not buried for gone', async () => {
  // The shell starts a process that ends at once, and becomes another that never asks after it.
  const parent = spawn('/bin/sh', ['-c', 'true & echo $!; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    await expect.poll(() => processState(pid)).toEqual({ running: false });
  } finally {
    parent.kill('SIGKILL');
  }
});
