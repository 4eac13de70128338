import { statSync } from 'node:fs';
import { Command } from 'commander';
import { InputError } from '../../errors/input-error.ts';
import { interruptible } from '../interruption.ts';
import { portNumber } from '../option-values.ts';
import { readPageFiles } from '../serve/page-files.ts';
import { bracketed, isLoopback } from '../serve/request-guard.ts';
import { serveStudy } from '../serve/study-server.ts';
import { print, printError } from '../terminal.ts';

interface ServeFlags {
  readonly host: string;
  readonly port: number;
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
    .addHelpText(
      'after',
      `
The page shows loss, accuracy and the metric of every layer as they are logged, and rises, falls and jumps as they are
confirmed: by a test that may be asked at every measurement (docs/stretches.md). It only reads. Ctrl-C ends it.

Examples:
  $ rankscope train study.yaml --out my-study &
  $ rankscope serve my-study
  $ rankscope serve my-pytorch-study --port 8080
  $ ssh -L 7265:127.0.0.1:7265 gpu-machine rankscope serve my-study     look on from elsewhere, without --host`,
    )
    .action(async (directory: string, { host, port }: ServeFlags) => {
      if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
        throw new InputError({ file: directory, allowed: 'a folder that exists' });
      }
      const files = readPageFiles();
      const server = await serveStudy({ directory, host, port, files }).catch(
        (error: NodeJS.ErrnoException) => {
          throw inOptions(error, host, port);
        },
      );
      if (!isLoopback(host)) {
        printError(
          `Warning: whoever reaches ${host}, port ${server.port}, can look on: names, settings and numbers of the study, unencrypted and without a password.`,
        );
      }
      print(`Serving ${directory} at http://${bracketed(host)}:${server.port}/ (Ctrl-C ends it)`);
      await interruptible(aborted, () => {});
      await server.close();
    });
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
