/** Texts that are told apart: names of layers and metrics, not a diary. */
const mostTexts = 20_000;
const longestText = 500;

/** The texts in a column's cells, of which the distinct ones are kept. Most columns have none. */
export class ColumnTexts {
  /** Cells that hold a text. */
  cells = 0;
  first: { readonly row: number; readonly text: string } | null = null;
  /** The distinct ones, in order of appearance; at most some thousands. */
  readonly all: string[] = [];
  readonly #codes = new Map<string, number>();
  /** Texts mostly repeat. */
  #last: string | null = null;
  #lastCode = -1;

  /** Whether it is a text that stood in a cell before. */
  has(content: string): boolean {
    // Of texts that are cut short the rest may make them one.
    return content.length < longestText && (content === this.#last || this.#codes.has(content));
  }

  /** Takes the text of a row's cell; returns its place among the distinct ones, -1 where these are too many. */
  add(row: number, content: string): number {
    this.cells++;
    this.first ??= { row, text: content.slice(0, longestText) };
    return content === this.#last ? this.#lastCode : this.#codeOf(content);
  }

  #codeOf(content: string): number {
    const short = content.length > longestText ? content.slice(0, longestText) : content;
    let code = this.#codes.get(short);
    if (code === undefined) {
      if (this.all.length >= mostTexts) code = -1;
      else {
        code = this.all.length;
        this.all.push(short);
        this.#codes.set(short, code);
      }
    }
    if (short === content) {
      this.#last = content;
      this.#lastCode = code;
    }
    return code;
  }
}
