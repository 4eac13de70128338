import { InputError } from '../errors/input-error.ts';
import { contentFor, memoryAllowance } from './memory-budget.ts';

/** Far above every file that is read here; deeper nesting exhausts the stack of whoever walks the value. */
const deepest = 64;

/** Bytes that a parsed value takes, at least as many as in V8: a list `[]` of two characters becomes 48. */
const cost = { object: 64, list: 48, member: 8, key: 40 };

/** Where a text comes from, for messages. */
export interface JsonPlace {
  readonly file?: string;
  readonly field?: string;
}

/**
 * Refuses JSON that nests too deep or would unfold to more memory than a text of its length warrants, by one look at its
 * brackets. Whether it is JSON is left to the parser.
 *
 * @throws InputError naming what is too much.
 */
export function checkJsonShape(text: string, { file, field }: JsonPlace): void {
  let depth = 0;
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x22: // "
        i = endOfString(text, i);
        break;
      case 0x7b: // {
        bytes += cost.object;
        depth++;
        break;
      case 0x5b: // [
        bytes += cost.list;
        depth++;
        break;
      case 0x7d: // }
      case 0x5d: // ]
        depth--;
        break;
      case 0x2c: // ,
        bytes += cost.member;
        break;
      case 0x3a: // :
        bytes += cost.key;
        break;
    }
    if (depth > deepest) {
      throw new InputError({
        file,
        field: field ?? `character ${i + 1}`,
        value: `nested ${depth} deep`,
        allowed: `nesting of at most ${deepest}`,
      });
    }
  }
  const allowance = memoryAllowance(text.length);
  if (bytes > allowance) {
    throw new InputError({
      file,
      field,
      value: `${bytes} bytes when parsed`,
      allowed: `at most ${allowance}, for ${text.length} characters: fewer empty lists and objects`,
    });
  }
}

/** What a JSON text consists of, texts and numbers aside. */
export interface JsonParts {
  readonly objects: number;
  readonly lists: number;
  /** Commas. */
  readonly members: number;
  readonly keys: number;
}

/** How many characters a text must have at least, that `checkJsonShape` does not refuse these in it. */
export function fewestCharacters({ objects, lists, members, keys }: JsonParts): number {
  const bytes = cost.object * objects + cost.list * lists + cost.member * members + cost.key * keys;
  return contentFor(bytes);
}

/** Index of the quote that closes the string opened at `start`; the text's length where none does. */
export function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (code === 0x22) return i;
    i += code === 0x5c ? 2 : 1;
  }
  return text.length;
}
