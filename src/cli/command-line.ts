import { basename, delimiter, dirname, relative, resolve } from 'node:path';
import { shellWord } from '../formats/shell-word.ts';

/** How a process was started, as `process` tells it. */
export type StartedProcess = Pick<NodeJS.Process, 'argv' | 'argv0' | 'execArgv' | 'env' | 'platform' | 'cwd'>;

/**
 * The command that starts this program again as it was started, ready to be pasted into a shell.
 *
 * @param without options (without a value) that are not to be given again.
 */
export function commandLine(
  { argv: [, program, ...given], argv0, execArgv, env, platform, cwd }: StartedProcess,
  without: readonly string[] = [],
): string {
  const isOnPath =
    (env.PATH ?? '').split(delimiter).includes(dirname(program)) &&
    // npm puts folders on the path that the user's shell does not have.
    env.npm_command === undefined;
  const near = relative(cwd(), program);
  const script = near.startsWith('..') ? program : near;
  const start = /\.[cm]?[jt]s$/.test(program)
    ? [argv0, ...execArgv, script]
    : [isOnPath ? basename(program) : program];
  const words = [...start, ...given.filter((word) => !without.includes(word))];
  return words.map((word) => quoted(word, platform)).join(' ');
}

/** The words that start this program again as it was started, from any folder: its own arguments follow. */
export function ownProgram({
  execPath,
  execArgv,
  argv,
}: Pick<NodeJS.Process, 'execPath' | 'execArgv' | 'argv'>): string[] {
  return [execPath, ...execArgv, resolve(argv[1])];
}

/** A word of a command that is printed to be pasted into a shell of this system. */
export function shellWordHere(word: string): string {
  return quoted(word, process.platform);
}

function quoted(word: string, platform: NodeJS.Platform): string {
  if (platform === 'win32') return /^[\w@%+=:,./\\-]+$/.test(word) ? word : `"${word.replace(/"/g, '""')}"`;
  if (!/\p{Cc}/u.test(word)) return shellWord(word);
  // Control characters would reach the terminal.
  const escaped = word.replace(/[\\']/g, '\\$&').replace(/\p{Cc}/gu, octal);
  return `$'${escaped}'`;
}

/** The character's bytes as bash, ksh and zsh read them between `$'` and `'`. */
function octal(character: string): string {
  return [...new TextEncoder().encode(character)]
    .map((byte) => `\\${byte.toString(8).padStart(3, '0')}`)
    .join('');
}
