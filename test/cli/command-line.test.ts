import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, it } from 'vitest';
import { commandLine, type StartedProcess } from '../../src/cli/command-line.ts';
import { describeWith, system } from '../requirements.ts';

const started = (changes: Partial<StartedProcess>): StartedProcess => ({
  argv: ['/usr/bin/node', '/opt/rankscope/dist/cli/main.js', 'train', 'study.yaml'],
  argv0: 'node',
  execArgv: [],
  env: { PATH: ['/usr/bin', '/usr/local/bin'].join(delimiter) },
  platform: 'linux',
  cwd: () => '/home/me',
  ...changes,
});
const given = (...words: string[]): StartedProcess =>
  started({ argv: ['/usr/bin/node', '/usr/local/bin/rankscope', ...words] });

const unixPaths = system(process.platform !== 'win32', 'paths of other systems than Windows');

describeWith(unixPaths, 'the command that starts the program again', () => {
  it('names it as it was started', () => {
    expect(commandLine(started({}))).toBe('node /opt/rankscope/dist/cli/main.js train study.yaml');
    expect(commandLine(started({ cwd: () => '/opt/rankscope' }))).toBe(
      'node dist/cli/main.js train study.yaml',
    );
    expect(
      commandLine(started({ argv0: '/opt/node/bin/node', execArgv: ['--max-old-space-size=4096'] })),
    ).toBe('/opt/node/bin/node --max-old-space-size=4096 /opt/rankscope/dist/cli/main.js train study.yaml');
  });

  it('is short where the shell finds the program', () => {
    expect(commandLine(given('train', 'a.yaml'))).toBe('rankscope train a.yaml');
    const local = '/home/me/node_modules/.bin/rankscope';
    const env = { PATH: '/home/me/node_modules/.bin', npm_command: 'exec' };
    expect(commandLine(started({ argv: ['node', local, 'demo'], env }))).toBe(`${local} demo`);
  });

  it('is without the options that would undo what was done', () => {
    expect(commandLine(given('train', '--overwrite', '--out', 'x'), ['--overwrite'])).toBe(
      'rankscope train --out x',
    );
  });

  it.each(['/bin/sh', '/bin/bash'].filter(existsSync))('comes out of %s as it went in', (shell) => {
    const words = [
      'plain-word_1.0/a,b=c:d@e%f+',
      '',
      'two words',
      "it's",
      '"$HOME" `id` $(id) ; & | < > * ? ~ # ! \\',
      '–,ü',
      ...(shell === '/bin/bash' ? ['line\nfeed', "\u001b[31m 'red' \\", 'next\u0085line'] : []),
    ];
    const command = commandLine(given(...words));
    // No control characters reach the terminal.
    expect(command).not.toMatch(/\p{Cc}/u);
    const print = 'rankscope() { for word; do printf "%s\\0" "$word"; done; }';
    const { stdout } = spawnSync(shell, ['-c', `${print}; ${command}`], { encoding: 'utf8' });
    expect(stdout.split('\0').slice(0, -1)).toEqual(words);
  });

  it('is quoted as the shells of Windows want it', () => {
    const path = join('C:', 'my data', 'study.yaml');
    const words = ['train', 'C:\\data\\study.yaml', path];
    expect(commandLine({ ...given(...words), platform: 'win32' })).toBe(
      `rankscope train C:\\data\\study.yaml "${path}"`,
    );
  });
});
