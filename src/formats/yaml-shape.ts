import { Lexer } from 'yaml';
import { InputError } from '../errors/input-error.ts';

/** In bytes or characters. Far above a study file or a file of claims; the parser takes up to 32 MiB for one of these tokens. */
export const largestYaml = 2 ** 20;
const mostTokens = 50_000;
/** Levels of lists and maps. */
const deepest = 32;
/** What YAML 1.2 lets stand in a file (5.1, c-printable). */
const unprintable = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/**
 * Refuses YAML that is too long, nests too deep or has too many tokens to be parsed in reasonable time and memory: one
 * pass of the lexer, which takes time in proportion to the text.
 *
 * @throws InputError naming the line.
 */
export function checkYamlShape(text: string, file: string): void {
  if (text.length > largestYaml) {
    throw new InputError({
      file,
      value: `${text.length} characters`,
      allowed: `at most ${largestYaml} characters`,
    });
  }
  const found = unprintable.exec(text);
  if (found !== null) {
    throw new InputError({
      file,
      field: `line ${text.slice(0, found.index).split('\n').length}`,
      value: found[0],
      allowed: 'printable characters',
    });
  }
  const nesting = new Nesting();
  let line = 1;
  let tokens = 0;
  const refuse = (value: string | undefined, allowed: string): never => {
    throw new InputError({ file, field: `line ${line}`, value, allowed });
  };
  for (const token of new Lexer().lex(text)) {
    if (++tokens > mostTokens) refuse(undefined, `at most ${mostTokens} tokens`);
    if (token === '?') refuse('?', 'keys without ?');
    nesting.add(token);
    // The parser takes each for a map in the map before it, although YAML forbids them.
    if (nesting.colons > 1) refuse(undefined, 'one key to a value; texts with a colon in quotes');
    if (nesting.depth > deepest) refuse(`nested ${nesting.depth} deep`, `nesting of at most ${deepest}`);
    line += token.split('\n').length - 1;
  }
}

/** How deep a token stands: open brackets, and blocks by their columns. */
class Nesting {
  #brackets = 0;
  /** Columns at which the open blocks start, outermost first. */
  readonly #blocks: number[] = [];
  #column = 0;
  /** Nothing but dashes and blanks so far: the next value may open a block. */
  #starts = true;
  #colons = 0;

  /** Colons since the line, or in brackets the entry, began. */
  get colons(): number {
    return this.#colons;
  }

  get depth(): number {
    return this.#brackets + this.#blocks.length;
  }

  add(token: string): void {
    // A marker that the lexer puts in; it stands nowhere in the text.
    if (token === '\x02' || token === '\x1f' || token === '\x18') return;
    const lineFeed = token.lastIndexOf('\n');
    if (token === ':') this.#colons++;
    else if (token === ',' || token === '[' || token === '{') this.#colons = 0;
    if (token === '-') this.#open();
    else if (token === '[' || token === '{') this.#brackets++;
    else if (token === ']' || token === '}') this.#brackets = Math.max(0, this.#brackets - 1);
    else if (this.#starts && /\S/.test(token)) this.#open();
    if (/\S/.test(token) && token !== '-') this.#starts = false;
    if (lineFeed !== -1) {
      this.#starts = true;
      if (this.#brackets === 0) this.#colons = 0;
    }
    this.#column = lineFeed === -1 ? this.#column + token.length : token.length - lineFeed - 1;
  }

  #open(): void {
    if (this.#brackets > 0) return;
    while ((this.#blocks.at(-1) ?? -1) > this.#column) this.#blocks.pop();
    if (this.#blocks.at(-1) !== this.#column) this.#blocks.push(this.#column);
  }
}
