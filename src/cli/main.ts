#!/usr/bin/env node
import { CommanderError } from 'commander';
import { InputError } from '../errors/input-error.ts';
import { MachineFault } from '../errors/machine-fault.ts';
import { isFileFault } from '../files/is-file-fault.ts';
import { withPath } from '../files/with-path.ts';
import { describeFileFault } from './file-fault.ts';
import { createProgram } from './program.ts';
import { printError } from './terminal.ts';

// A reader that has seen enough, as `| head` has, is no failure; a full disk that the output goes to is.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? undefined : exitCodeOf(withPath(error, 'standard output')));
});
// What cannot be said on the way is no reason to give up what is being done.
process.stderr.on('error', () => {});

/**
 * 0: done; 1: a check that was asked for failed, runs are left to train, or rankscope itself failed; 2: the input or the command
 * line cannot be used; 130 and 143: interrupted.
 */
try {
  await (await createProgram(process.argv[2])).parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof InputError) {
    printError(`rankscope: ${error.message}`);
    return 2;
  }
  if (error instanceof MachineFault) {
    printError(`rankscope: ${error.message}`);
    return 1;
  }
  // A full disk, a folder that may not be written, too many open files.
  if (isFileFault(error)) {
    printError(`rankscope: ${describeFileFault(error)}`);
    return 1;
  }
  printError(`rankscope: internal error: ${error instanceof Error ? error.stack : String(error)}`);
  return 1;
}
