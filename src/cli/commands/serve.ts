import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { InputError } from '../../errors/input-error.ts';
import { ownProgram } from '../command-line.ts';
import { interruptible } from '../interruption.ts';
import { portNumber } from '../option-values.ts';
import { readPageFiles } from '../serve/page-files.ts';
import { bracketed, isLoopback } from '../serve/request-guard.ts';
import { serveStudy } from '../serve/study-server.ts';
import { TrainingControl } from '../serve/training-control.ts';
import { print, printError } from '../terminal.ts';

interface ServeFlags {
  readonly host: string;
  readonly port: number;
  readonly allowControl?: boolean;
}

const defaultPort = 7265;

export function serveCommand(): Command {
  return new Command('serve')
    .description('Serve a page of a study that is kept up to date while its runs train')
    .argument(
      '<study>',
      'folder of a study: trained, recorded in PyTorch, or of any program that writes the log format',
    )
    .option('--port <number>', 'port to listen at; 0 takes any that is free', portNumber, defaultPort)
    .option(
      '--host <address>',
      'address to listen at; others than 127.0.0.1 let other machines look on',
      '127.0.0.1',
    )
    .option(
      '--allow-control',
      'let the page start and stop the training of the study, for whoever has the address with its token; only at this machine',
    )
    .addHelpText(
      'after',
      `
The page shows loss, accuracy and the metric of every layer as they are logged, and rises, falls and jumps as they are
confirmed: by a test that may be asked at every measurement (docs/stretches.md). It only reads, unless told otherwise by
--allow-control: then it trains what is left of the study when asked to, as rankscope run-task does. Ctrl-C ends it.

Examples:
  $ rankscope train study.yaml --out my-study &
  $ rankscope serve my-study
  $ rankscope serve my-pytorch-study --port 8080
  $ rankscope serve my-study --allow-control            buttons to start and stop what rankscope trains
  $ ssh -L 7265:127.0.0.1:7265 gpu-machine rankscope serve my-study     look on from elsewhere, without --host`,
    )
    .action(async (directory: string, { host, port, allowControl = false }: ServeFlags) => {
      if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
        throw new InputError({ file: directory, allowed: 'a folder that exists' });
      }
      const files = readPageFiles();
      const control = allowControl ? controlOf(directory, host) : undefined;
      const server = await serveStudy({ directory, host, port, files, control }).catch(
        (error: NodeJS.ErrnoException) => {
          throw inOptions(error, host, port);
        },
      );
      if (!isLoopback(host)) {
        printError(
          `Warning: whoever reaches ${host}, port ${server.port}, can look on: names, settings and numbers of the study, unencrypted and without a password.`,
        );
      }
      const token = control === undefined ? '' : `#token=${control.token}`;
      print(`Serving ${directory} at http://${bracketed(host)}:${server.port}/${token} (Ctrl-C ends it)`);
      await interruptible(aborted, () => {});
      await server.close();
      await control?.close();
    });
}

/** Trains what is left of a study, one run at a time, as this program was started. */
function controlOf(directory: string, host: string): TrainingControl {
  if (!isLoopback(host)) {
    const allowed = '127.0.0.1 with --allow-control: from elsewhere, through a tunnel (ssh -L)';
    throw new InputError({ field: '--host', value: host, allowed });
  }
  const task = ['--index', '0', '--of', '1', '--quiet'];
  return new TrainingControl([...ownProgram(process), 'run-task', resolve(directory), ...task]);
}

/** What keeps a server from listening, as the options that ask for it. */
function inOptions(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new InputError({
        field: '--port',
        value: port,
        allowed: 'a port that is free, or 0 for any that is',
      });
    case 'EACCES':
      return new InputError({
        field: '--port',
        value: port,
        allowed: 'a port that you may listen at, e.g. above 1023',
      });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL':
      return new InputError({ field: '--host', value: host, allowed: 'an address of this machine' });
    default:
      return error;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => signal.addEventListener('abort', () => done(), { once: true }));
}
