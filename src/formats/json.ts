import { InputError } from '../errors/input-error.ts';
import { checkJsonShape, endOfString, type JsonPlace } from './json-shape.ts';

export interface JsonOptions extends JsonPlace {
  /** What the text should be, for the message; `JSON` if absent. */
  readonly allowed?: string;
  /** As in JSON.parse. */
  readonly reviver?: (key: string, value: unknown) => unknown;
}

/**
 * Parses JSON that a stranger may have written: nesting and memory are bounded before anything is built.
 *
 * @throws InputError naming the file and what is wrong.
 * @example
 * parseJson('{"runs": 3}', { file: 'manifest.json' }); // { runs: 3 }
 */
export function parseJson(text: string, options: JsonOptions = {}): unknown {
  checkJsonShape(text, options);
  try {
    return JSON.parse(text, options.reviver);
  } catch (error) {
    throw notJson(text, error, options);
  }
}

/**
 * The same where numbers may be the bare tokens `NaN`, `Infinity` and `-Infinity`, as Python's json module writes them.
 * NaN becomes null, the infinities stay; texts are not touched.
 *
 * @example
 * parsePythonJson('{"loss": NaN, "note": "NaN"}'); // { loss: null, note: 'NaN' }
 */
export function parsePythonJson(text: string, options: JsonOptions = {}): unknown {
  checkJsonShape(text, options);
  try {
    return JSON.parse(text);
  } catch (error) {
    const plain = withoutBareNumbers(text);
    if (plain === text) throw notJson(text, error, options);
    try {
      return JSON.parse(plain);
    } catch (second) {
      throw notJson(text, second, options);
    }
  }
}

function notJson(text: string, error: unknown, { file, field, allowed = 'JSON' }: JsonOptions): InputError {
  // Of a part of a file its beginning says more than the position in it.
  const value = field === undefined ? undefined : text;
  return new InputError({ file, field, value, allowed: `${allowed} (${(error as Error).message})` });
}

/** Python's tokens outside strings, as JSON can say them. */
function withoutBareNumbers(text: string): string {
  const parts: string[] = [];
  let kept = 0;
  const token = /NaN|Infinity|"/g;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    if (found[0] === '"') {
      token.lastIndex = endOfString(text, found.index) + 1;
      continue;
    }
    if (/\w/.test(text.charAt(found.index - 1)) || /\w/.test(text.charAt(token.lastIndex))) continue;
    parts.push(text.slice(kept, found.index), found[0] === 'NaN' ? 'null' : '1e999');
    kept = token.lastIndex;
  }
  return parts.join('') + text.slice(kept);
}
