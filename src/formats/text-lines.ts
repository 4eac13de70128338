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

/**
 * The lines of a text in UTF-8, or in UTF-16 with its byte order mark, as its bytes come in. Lines end in LF, CR LF or CR, also
 * in one file; zero bytes at the end, which a crash leaves behind, are a line that is cut short.
 *
 * @throws InputError where bytes are not of that encoding, or a line is longer than memory is meant for.
 */
export function* textLines(pieces: Iterable<Uint8Array>, file?: string): Generator<TextLine> {
  let number = 0;
  let rest = '';
  for (const text of decodedPieces(pieces, file)) {
    rest = rest === '' ? text : rest + text;
    // The CR at the end may be half of a CR LF.
    const end = Math.max(rest.lastIndexOf('\n'), rest.lastIndexOf('\r', rest.length - 2)) + 1;
    if (end === 0) {
      if (rest.length > longestLine) {
        const allowed = `at most ${longestLine} characters in a line`;
        throw new InputError({ file, field: `line ${number + 1}`, allowed });
      }
      continue;
    }
    for (const line of split(rest.slice(0, end))) yield { number: ++number, text: line, ended: true };
    rest = rest.slice(end);
  }
  const ended = rest.endsWith('\r');
  if (rest !== '') yield { number: ++number, text: ended ? rest.slice(0, -1) : rest, ended };
}

/** Of a text that ends in a line end. */
function split(text: string): string[] {
  const lines = text.includes('\r') ? text.split(/\r\n|\r|\n/) : text.split('\n');
  lines.pop();
  return lines;
}

function* decodedPieces(pieces: Iterable<Uint8Array>, file?: string): Generator<string> {
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
    yield decode(piece);
  }
  if (decoder === null) return;
  try {
    yield decode();
  } catch {
    // Cut off within a character: what is there of its line stands without it.
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
