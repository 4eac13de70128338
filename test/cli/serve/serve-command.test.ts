import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { compiledPath, compiledProgram } from '../../compiled-program.ts';
import { describeWith, itWith, system } from '../../requirements.ts';
import { rankscope, scratchFolder } from '../rankscope.ts';

const signals = system(process.platform !== 'win32', 'Windows has no signals that a program can answer');

describeWith(compiledProgram('live/page/page.js'), 'rankscope serve', () => {
  itWith(
    signals,
    'prints its address, sends the page, and ends with Ctrl-C though somebody listens',
    async () => {
      const study = join(scratchFolder(), 'study');
      mkdirSync(study);
      const child = spawn(process.execPath, [compiledPath('cli/main.js'), 'serve', study, '--port', '0']);
      onTestFinished(() => void child.kill('SIGKILL'));
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(String(line))![0];
      for (const [path, type] of [
        ['', 'text/html'],
        ['page.js', 'text/javascript'],
        ['page.css', 'text/css'],
      ]) {
        const response = await fetch(address + path);
        expect(response.headers.get('content-type')).toContain(type);
        expect((await response.text()).length).toBeGreaterThan(500);
      }
      const script = await (await fetch(`${address}page.js`)).text();
      expect(script.slice(0, 400)).toMatch(/uPlot[\s\S]*Copyright \(c\)/);
      const events = await fetch(`${address}events`);
      // The stream is open, and has told what there is to tell.
      let told = '';
      for await (const part of events.body!.pipeThrough(new TextDecoderStream())) {
        told += part;
        if (told.includes('There is no study in this folder yet.')) break;
      }
      const listening = await fetch(`${address}events`);
      const ended = once(child, 'close');
      child.kill('SIGINT');
      expect(await ended).toEqual([0, null]);
      await expect(listening.text()).resolves.toContain('retry:');
    },
  );

  it('warns where others can look on', async () => {
    const study = scratchFolder();
    const child = spawn(process.execPath, [
      compiledPath('cli/main.js'),
      'serve',
      study,
      '--port',
      '0',
      '--host',
      '0.0.0.0',
    ]);
    onTestFinished(() => void child.kill('SIGKILL'));
    const [warning] = (await once(child.stderr, 'data')) as [Buffer];
    expect(String(warning)).toMatch(/^Warning: whoever reaches 0\.0\.0\.0, port \d+, can look on/);
  });

  it('says what of the command line cannot be used', async () => {
    const study = scratchFolder();
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    const taken = String((other.address() as AddressInfo).port);
    for (const [args, message] of [
      [[join(study, 'nowhere')], 'allowed: a folder that exists'],
      [[study, '--port', taken], `--port is ${taken}; allowed: a port that is free`],
      [[study, '--port', '70000'], 'allowed: a whole number from 0 to 65535'],
      [
        [study, '--port', '0', '--host', '203.0.113.7'],
        '--host is "203.0.113.7"; allowed: an address of this machine',
      ],
    ] as const) {
      const { code, err } = rankscope('serve', ...args);
      expect(err).toContain(message);
      expect(code).toBe(2);
    }
  });
});
