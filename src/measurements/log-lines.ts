import { InputError } from '../errors/input-error.ts';

/** Where a line lies in the log's bytes, without its line end. */
export interface LineRange {
  /** Counted from 1. */
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

const newline = 0x0a;
/** Far above any real line; keeps a hostile file from asking for a text longer than the engine can hold. */
const longestLine = 2 ** 28;
const spectraStart = '{"spectra":';

/** Parsed JSON of unknown content. */
// biome-ignore lint/suspicious/noExplicitAny: every field is checked where it is used
export type Fields = Record<string, any>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every line of the file; the last one is torn if it ends where the bytes end. */
export function linesOf(bytes: Uint8Array): LineRange[] {
  const lines: LineRange[] = [];
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(newline, start);
    const end = found === -1 ? bytes.length : found;
    lines.push({ number: lines.length + 1, start, end });
    start = end + 1;
  }
  return lines;
}

/** Whether the line is a record of spectra, told without parsing it. */
export function startsWithSpectra(bytes: Uint8Array, { start, end }: LineRange): boolean {
  if (end - start < spectraStart.length) return false;
  for (let i = 0; i < spectraStart.length; i++) {
    if (bytes[start + i] !== spectraStart.charCodeAt(i)) return false;
  }
  return true;
}

/** The line's JSON object; undefined if it is none. */
export function parseLine(bytes: Uint8Array, line: LineRange, file: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(decodeLine(bytes, line, file));
    return isFields(value) ? value : undefined;
  } catch (error) {
    if (error instanceof InputError) throw error;
    return undefined;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** @throws InputError if the line is too long, TypeError if it is not UTF-8. */
export function decodeLine(bytes: Uint8Array, { number, start, end }: LineRange, file: string): string {
  if (end - start > longestLine) {
    throw new InputError({ file, field: `line ${number}`, allowed: `lines of at most ${longestLine} bytes` });
  }
  return utf8.decode(bytes.subarray(start, end));
}
