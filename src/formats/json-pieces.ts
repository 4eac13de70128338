export interface JsonPiecesOptions {
  /** What stands in the JSON for a value, e.g. a list for an array of numbers; the value itself if absent. */
  readonly plain?: (value: unknown) => unknown;
  /** Spaces for each depth; none, and no line ends, if absent. */
  readonly indent?: number;
}

/** A value of which the JSON is known, without spaces, as it stands among others; it is asked for when its place has come. */
export class WrittenJson {
  readonly pieces: () => Iterable<string>;

  /** @example new WrittenJson(() => ['[1,', '2]']) */
  constructor(pieces: () => Iterable<string>) {
    this.pieces = pieces;
  }
}

/**
 * A value as JSON, piece by piece: what `JSON.stringify` answers, cut within the lists that the value, and objects in it, have under their keys; lists may
 * be generators too. So nothing as long as the whole is ever in memory. What is written already stands as it is, where nothing is indented.
 *
 * @example
 * [...jsonPieces({ runs: [{ id: 'a' }, { id: 'b' }], alpha: 0.05 })].join(''); // '{"runs":[{"id":"a"},{"id":"b"}],"alpha":0.05}'
 */
export function* jsonPieces(
  value: Readonly<Record<string, unknown>>,
  { plain = (entry) => entry, indent = 0 }: JsonPiecesOptions = {},
): Generator<string> {
  const begin = (depth: number): string => (indent === 0 ? '' : `\n${' '.repeat(indent * depth)}`);
  // A text in JSON holds no line end: all are of the layout.
  const json = (entry: unknown, depth: number): string | undefined =>
    JSON.stringify(plain(entry), null, indent)?.replaceAll('\n', begin(depth));
  const colon = indent === 0 ? ':' : ': ';

  function* pieces(object: Readonly<Record<string, unknown>>, depth: number): Generator<string> {
    let before = '{';
    for (const [key, entry] of Object.entries(object)) {
      const name = `${before}${begin(depth)}${JSON.stringify(key)}${colon}`;
      if (entry instanceof WrittenJson) {
        yield name;
        yield* entry.pieces();
      } else if (isList(entry)) {
        yield name;
        yield* listed(entry, depth);
      } else if (isPlain(entry) && depth + 1 <= DEEPEST) {
        yield name;
        yield* pieces(entry, depth + 1);
      } else {
        const whole = json(entry, depth);
        if (whole === undefined) continue;
        yield `${name}${whole}`;
      }
      before = ',';
    }
    yield before === '{' ? '{}' : `${begin(depth - 1)}}`;
  }

  function* listed(list: Iterable<unknown>, depth: number): Generator<string> {
    let separator = '[';
    for (const each of list) {
      const before = `${separator}${begin(depth + 1)}`;
      if (each instanceof WrittenJson) {
        yield before;
        yield* each.pieces();
      } else if (isPlain(each) && depth + 2 <= DEEPEST) {
        yield before;
        yield* pieces(each, depth + 2);
      } else yield `${before}${json(each, depth + 1) ?? 'null'}`;
      separator = ',';
    }
    yield separator === '[' ? '[]' : `${begin(depth)}]`;
  }

  yield* pieces(value, 1);
}

/** Where keys stand so deep, or deeper, what they are of is written at once: of a report the layers of a run, some 10 kB each. */
const DEEPEST = 4;

/** An object as it stands in a program: no map, no numbers, nothing that says itself what its JSON is. */
function isPlain(entry: unknown): entry is Readonly<Record<string, unknown>> {
  return (
    typeof entry === 'object' &&
    entry !== null &&
    Object.getPrototypeOf(entry) === Object.prototype &&
    !('toJSON' in entry)
  );
}

function isList(entry: unknown): entry is Iterable<unknown> {
  const isGenerator =
    typeof entry === 'object' && entry !== null && 'next' in entry && typeof entry.next === 'function';
  return Array.isArray(entry) || isGenerator;
}
