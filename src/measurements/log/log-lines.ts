import { InputError } from '../../errors/input-error.ts';
import { parseJson } from '../../formats/json.ts';
import type { Line } from './line-splitter.ts';
import { hasText } from './record-seal.ts';

/** Far above any real line; keeps a hostile file from asking for a text longer than the engine can hold. */
export const longestLine = 2 ** 28;
const spectraStart = '{"spectra":{"step":';

/** Parsed JSON of unknown content. */
// biome-ignore lint/suspicious/noExplicitAny: every field is checked where it is used
export type Fields = Record<string, any>;

/** Says what is wrong with a record: what is allowed, in which field, and what stands there. */
export type Complaint = (allowed: string, field?: string, value?: unknown) => Error;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A complaint about one line of a log. */
export function complaintAbout(file: string, line: number): Complaint {
  return (allowed, field = '', value = undefined) => {
    const place = field === '' ? `line ${line}` : `line ${line}, ${field}`;
    return new InputError({ file, field: place, value: shownValue(value), allowed });
  };
}

/** What a message can say of a value of unknown depth. */
export function shownValue(value: unknown): unknown {
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : value;
}

/**
 * The training step of a record of spectra as we write them, told without parsing it; null for any other record.
 * Spectra are the bulk of a log, and most readers do without them.
 */
export function stepOfSpectra(line: Uint8Array): number | null {
  if (!hasText(line, 0, spectraStart)) return null;
  let step = 0;
  let i = spectraStart.length;
  for (; line[i] >= 0x30 && line[i] <= 0x39; i++) step = step * 10 + (line[i] - 0x30);
  return i > spectraStart.length && hasText(line, i, ',"layers":[') ? step : null;
}

/** The line's JSON object; undefined if it is none, or would unfold to more than a line of its length warrants. */
export function parseLine(
  { bytes, number }: Pick<Line, 'bytes' | 'number'>,
  file: string,
): Fields | undefined {
  const text = decodeLine(bytes, number, file);
  if (text === undefined) return undefined;
  try {
    const value = parseJson(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The line's text; undefined if it is not UTF-8.
 *
 * @throws InputError if the line is too long to be one of a log.
 */
export function decodeLine(bytes: Uint8Array, number: number, file: string): string | undefined {
  if (bytes.length > longestLine) {
    throw new InputError({ file, field: `line ${number}`, allowed: `lines of at most ${longestLine} bytes` });
  }
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
