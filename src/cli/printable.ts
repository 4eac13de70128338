import { plainLine } from '../errors/plain-text.ts';

const longest = 120;

/** A name from a file as a part of a line: it cannot break the line, and a long one is cut. */
export function printable(name: string): string {
  return plainLine(name, longest);
}
