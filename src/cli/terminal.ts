import { plainJson, plainText } from '../errors/plain-text.ts';

/*
 * Everything that rankscope prints goes through here. What it prints holds names and sentences from files that others wrote:
 * characters in them that would act on the terminal are shown instead (see `plainText`). Only whoever puts a line together
 * knows where it may end: tables keep their cells in the line, other lines with such a name in them go through `plainLine`.
 */

/** Characters that a line of a picture may have: 80 where nobody says, 160 at the most. */
export function terminalWidth(): number {
  return Math.min(160, process.stdout.columns || 80);
}

/** Prints a text, and ends its line. */
export function print(text: string): void {
  process.stdout.write(plainText(`${text}\n`));
}

/** Prints a value as JSON, on one line unless `indent` is set. Texts in it read back as they were. */
export function printJson(value: unknown, indent?: number): void {
  printJsonText(`${JSON.stringify(value, null, indent)}\n`);
}

/** Prints what is JSON already. */
export function printJsonText(json: string): void {
  process.stdout.write(plainJson(json));
}

/** Prints JSON that comes in pieces; no piece ends within a text. */
export function printPieces(pieces: Iterable<string>): void {
  for (const piece of pieces) process.stdout.write(plainJson(piece));
}

/** Prints to standard error, and ends the line. */
export function printError(text: string): void {
  process.stderr.write(plainText(`${text}\n`));
}

/** The same for what the command-line parser says: it quotes the command line. */
export const parserOutput = {
  writeOut: (text: string): void => void process.stdout.write(plainText(text)),
  writeErr: (text: string): void => void process.stderr.write(plainText(text)),
};
