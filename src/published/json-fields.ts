import { InputError } from '../errors/input-error.ts';
import { endOfString } from '../formats/json-shape.ts';
import { checkField, type Fields } from './fields.ts';

/** Deeper nesting than this is refused, so that a hostile file cannot exhaust the stack. */
const DEEPEST = 64;
/** All tokens but strings: a pattern for those would take the stack's memory for each escape. */
const TOKEN = /[{}[\],:]|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|NaN|-?Infinity/y;
const SPACE = /[ \t\r\n]*/y;

/**
 * The leaves of a JSON text: field path to the token as written, so that `1` and `1.0` stay apart. Python's bare `NaN`
 * and `Infinity` are read too. An empty list or dictionary is a leaf, `[]` or `{}`.
 *
 * @param file named in errors.
 * @throws InputError where the text is no JSON, repeats a key, or nests more than 64 deep.
 * @example
 * jsonFields('{"a": [1.0, NaN]}', 'x.json'); // a[0] → '1.0', a[1] → 'NaN'
 */
export function jsonFields(text: string, file: string): Fields {
  const fields: Fields = new Map();
  let position = 0;
  let token = '';

  const fail = (allowed: string): never => {
    throw new InputError({ file, field: `character ${position - token.length}`, value: token, allowed });
  };
  const advance = (): string => {
    SPACE.lastIndex = position;
    SPACE.test(text);
    position = TOKEN.lastIndex = SPACE.lastIndex;
    token = text[position] === '"' ? stringAt(text, position) : (TOKEN.exec(text)?.[0] ?? '');
    position += token.length;
    return token;
  };
  const leaf = (path: string, value: string): void => {
    if (fields.has(path)) fail('each key once');
    checkField(path, fields, file);
    fields.set(path, value);
  };
  /** Reads the members up to the closing bracket; `token` is the first token behind the opening one. */
  const members = (
    path: string,
    close: string,
    depth: number,
    memberPath: (index: number) => string,
  ): void => {
    for (let index = 0; ; index++) {
      value(memberPath(index), depth + 1);
      const separator = advance();
      if (separator === close) return;
      if (separator !== ',') fail(`a comma or ${close} after ${path}[${index}]`);
      advance();
    }
  };
  /** Reads one value whose first token is `token`. */
  const value = (path: string, depth: number): void => {
    if (depth > DEEPEST) fail(`nesting of at most ${DEEPEST}`);
    if (token === '[') {
      if (advance() === ']') leaf(path, '[]');
      else members(path, ']', depth, (index) => `${path}[${index}]`);
    } else if (token === '{') {
      if (advance() === '}') leaf(path, '{}');
      else members(path, '}', depth, () => keyPath(path));
    } else if (token === '' || '}],:'.includes(token)) fail('a JSON value');
    else leaf(path, token);
  };
  /** Reads `"key":`, leaves `token` at the member's value. */
  const keyPath = (path: string): string => {
    if (!token.startsWith('"')) fail('a key in double quotes');
    const key = token.slice(1, -1);
    // Before it stands in a path: nested long keys would make paths of the square of the file.
    checkField(path + key, fields, file);
    if (advance() !== ':') fail('a colon after a key');
    advance();
    if (!/^\w+$/.test(key)) return `${path}["${key}"]`;
    return path === '' ? key : `${path}.${key}`;
  };

  advance();
  value('', 0);
  if (advance() !== '' || position !== text.length) fail('the end of the text');
  return fields;
}

/** The string that starts at a quote, as written; empty where it does not end. */
function stringAt(text: string, start: number): string {
  const end = endOfString(text, start);
  return end < text.length ? text.slice(start, end + 1) : '';
}
