import { InputError } from '../errors/input-error.ts';

/** One line of a text, without its end. */
export interface TextLine {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  /** Whether a line end follows. What is cut off in the middle of a character has none either. */
  readonly ended: boolean;
}

/** In characters. A record that holds a histogram or two is far below. */
const longestLine = 2 ** 26;

/** Lines that came in together, with their ends; or one that has none. */
interface TextBlock {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly ended: boolean;
  /** The text's bytes, each at the place of its character; null where it has others than ASCII, or is a line alone. */
  readonly bytes: Uint8Array | null;
}

/**
 * Takes a text in UTF-8, or in UTF-16 with its byte order mark, apart into its lines as its bytes come in. Lines end in LF, CR LF
 * or CR, also in one file; zero bytes at the end, which a crash leaves behind, are a line that is cut short.
 *
 * @example
 * new TextLines([new TextEncoder().encode('a\nb')]).next(); // { number: 1, text: 'a', ended: true }
 */
export class TextLines {
  /** Lines that were taken. */
  number = 0;
  /** What came in last, and where in it the next line begins, if that is before the end. */
  text = '';
  at = 0;
  end = 0;
  /** Its bytes, each at the place of its character; null where there are others than those of ASCII. */
  bytes: Uint8Array | null = null;
  #ended = true;
  readonly #blocks: Iterator<TextBlock>;
  /** Where the next LF and CR are. */
  #feed = 0;
  #return = 0;

  constructor(pieces: Iterable<Uint8Array>, file?: string) {
    this.#blocks = this.#read(pieces, file);
  }

  /**
   * The next line; null after the last.
   *
   * @throws InputError where bytes are not of that encoding, or a line is longer than memory is meant for.
   */
  next(): TextLine | null {
    if (this.at === this.end && !this.#nextBlock()) return null;
    const { text, at, end } = this;
    const number = ++this.number;
    if (!this.#ended) {
      this.at = end;
      return { number, text: text.slice(at), ended: false };
    }
    if (this.#feed < at) this.#feed = placeOf('\n', text, at);
    if (this.#return < at) this.#return = placeOf('\r', text, at);
    const lineEnd = Math.min(this.#feed, this.#return);
    this.at = lineEnd + (this.#feed === lineEnd + 1 && this.#return === lineEnd ? 2 : 1);
    return { number, text: text.slice(at, lineEnd), ended: true };
  }

  /** Passes over the next line: another has read it. @param at where the one after it begins. */
  passTo(at: number): void {
    this.number++;
    this.at = at;
  }

  #nextBlock(): boolean {
    const { value, done } = this.#blocks.next();
    if (done) return false;
    const { text, start, end, ended, bytes } = value;
    this.text = text;
    this.at = start;
    this.end = end;
    this.bytes = bytes;
    this.#ended = ended;
    this.#feed = -1;
    this.#return = -1;
    return true;
  }

  *#read(pieces: Iterable<Uint8Array>, file?: string): Generator<TextBlock> {
    let begun = '';
    for (const { text, bytes } of decodedPieces(pieces, file)) {
      if (text === '') continue;
      const first = begun === '' ? 0 : endOfBegun(begun, text);
      // The CR at the end may be half of a CR LF.
      const end =
        first === null ? 0 : Math.max(text.lastIndexOf('\n'), text.slice(0, -1).lastIndexOf('\r')) + 1;
      if (first !== null && begun !== '') yield alone(begun + text.slice(0, first), true);
      if (first !== null && end > first) yield { text, start: first, end, ended: true, bytes };
      begun = first === null ? begun + text : text.slice(Math.max(first, end));
      if (end === 0 && begun.length > longestLine) {
        const allowed = `at most ${longestLine} characters in a line`;
        throw new InputError({ file, field: `line ${this.number + 1}`, allowed });
      }
    }
    if (begun !== '') yield alone(begun, begun.endsWith('\r'));
  }
}

/** The same, line by line. */
export function* textLines(pieces: Iterable<Uint8Array>, file?: string): Generator<TextLine> {
  const lines = new TextLines(pieces, file);
  for (let line = lines.next(); line !== null; line = lines.next()) yield line;
}

function alone(text: string, ended: boolean): TextBlock {
  return { text, start: 0, end: text.length, ended, bytes: null };
}

/** Where in a text the line ends that was begun before it; null for beyond it. */
function endOfBegun(begun: string, text: string): number | null {
  if (begun.endsWith('\r')) return text.startsWith('\n') ? 1 : 0;
  const found = /\r\n?|\n/.exec(text);
  if (found === null || (found[0] === '\r' && found.index === text.length - 1)) return null;
  return found.index + found[0].length;
}

function placeOf(character: string, text: string, from: number): number {
  const found = text.indexOf(character, from);
  return found === -1 ? Number.POSITIVE_INFINITY : found;
}

function* decodedPieces(
  pieces: Iterable<Uint8Array>,
  file?: string,
): Generator<Pick<TextBlock, 'text' | 'bytes'>> {
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  const decode = (piece?: Uint8Array): string => {
    try {
      return decoder!.decode(piece, { stream: piece !== undefined });
    } catch {
      throw new InputError({ file, allowed: 'text in UTF-8' });
    }
  };
  for (const piece of pieces) {
    decoder ??= new TextDecoder(encodingOf(piece), { fatal: true });
    const text = decode(piece);
    // Other characters take more bytes than they are; but the first may have begun in the piece before.
    const isAscii = text.length === piece.length && piece[0] < 0x80;
    yield { text, bytes: isAscii ? piece : null };
  }
  if (decoder === null) return;
  try {
    yield { text: decode(), bytes: null };
  } catch {
    // Cut off within a character: what is there of its line stands without it.
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
