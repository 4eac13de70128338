import { InputError } from '../errors/input-error.ts';
import { csvFields } from './csv-fields.ts';
import { jsonFields } from './json-fields.ts';

/** Numbers closer than this, relative to the larger, are reported apart from real differences. */
const RELATIVE_TOLERANCE = 1e-12;

export type ComparisonStatus = 'equal to the bit' | 'equal within 1e-12' | 'different';

/** One field of one file, compared. */
export interface ComparisonRow {
  /** Name of the produced file. */
  readonly file: string;
  /** Path inside the file, e.g. `[12].magnitude`; empty where the file as a whole is missing. */
  readonly field: string;
  readonly status: ComparisonStatus;
  /** The published value as written; null where it is absent. */
  readonly expected: string | null;
  /** The recomputed value as written; null where it is absent. */
  readonly actual: string | null;
  /** Why they differ, where that is known. */
  readonly why: string | null;
  /** Whether the difference is one that must be there, and no disagreement. */
  readonly explained: boolean;
}

/**
 * Every field of every produced file beside its published counterpart. A field or file that is absent on one side is
 * `different`, so nothing passes by being missing; a published file that was not produced is left to the caller
 * (`uncomparedFiles`).
 *
 * Numbers are compared by value: `equal to the bit` if they read to the same float64. The tolerance of the second
 * status is relative, since jump magnitudes are of the order of 1e-14.
 *
 * @param produced file name to text, as from `reproduce`; not empty.
 * @param published file name to text; names may carry directories or a step prefix (`step1_2_`, `phase2_`).
 * @throws InputError if nothing was produced, two published files have one name, or a text cannot be read.
 */
export function compareWithPublished(
  produced: ReadonlyMap<string, string>,
  published: ReadonlyMap<string, string>,
): ComparisonRow[] {
  if (produced.size === 0)
    throw new InputError({ field: 'produced files', value: 0, allowed: 'at least one' });
  const originals = byOriginalName(published);
  return [...produced].flatMap(([file, text]) => {
    const expected = originals.get(file);
    if (expected === undefined) return [missingFile(file)];
    return compareFields(file, fieldsOf(expected, file), fieldsOf(text, file));
  });
}

/** Published file names without a produced counterpart, as given. */
export function uncomparedFiles(
  produced: ReadonlyMap<string, string>,
  published: ReadonlyMap<string, string>,
): string[] {
  return [...published.keys()].filter((name) => !produced.has(originalName(name)));
}

/** Published texts by the name their script gave them. */
export function byOriginalName(published: ReadonlyMap<string, string>): Map<string, string> {
  const originals = new Map<string, string>();
  for (const [name, text] of published) {
    const original = originalName(name);
    if (originals.has(original))
      throw new InputError({
        file: name,
        field: 'name',
        value: original,
        allowed: 'each published file once',
      });
    originals.set(original, text);
  }
  return originals;
}

/** The name a script gave its file: without directories and without the prefix of its step. */
export function originalName(name: string): string {
  return name.replace(/^.*[/\\]/, '').replace(/^(?:step\d_\d|phase\d(?:_week\d_\d)?)_/, '');
}

function fieldsOf(text: string, file: string): Map<string, string> {
  return file.endsWith('.csv') ? csvFields(text, file) : jsonFields(text, file);
}

function compareFields(
  file: string,
  expected: ReadonlyMap<string, string>,
  actual: ReadonlyMap<string, string>,
): ComparisonRow[] {
  const fields = new Set([...expected.keys(), ...actual.keys()]);
  return [...fields].map((field) => {
    const [was, is] = [expected.get(field) ?? null, actual.get(field) ?? null];
    const absent = was === null ? 'not among the published fields' : is === null ? 'not produced' : null;
    return {
      file,
      field,
      status: statusOf(was, is),
      expected: was,
      actual: is,
      why: absent,
      explained: false,
    };
  });
}

function statusOf(expected: string | null, actual: string | null): ComparisonStatus {
  if (expected === null || actual === null) return 'different';
  if (expected === actual) return 'equal to the bit';
  const [a, b] = [numberOf(expected), numberOf(actual)];
  if (a === null || b === null) return 'different';
  if (Object.is(a, b)) return 'equal to the bit';
  const close = Math.abs(a - b) <= RELATIVE_TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
  return close ? 'equal within 1e-12' : 'different';
}

/** The number a token stands for; null for text, empty cells and NaN. */
function numberOf(token: string): number | null {
  const value = token.trim() === '' ? Number.NaN : Number(token);
  return Number.isFinite(value) ? value : null;
}

function missingFile(file: string): ComparisonRow {
  const why = 'no published file of this name';
  return { file, field: '', status: 'different', expected: null, actual: null, why, explained: false };
}
