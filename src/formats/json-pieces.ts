export interface JsonPiecesOptions {
  /** What stands in the JSON for a value, e.g. a list for an array of numbers; the value itself if absent. */
  readonly plain?: (value: unknown) => unknown;
  /** Spaces for each depth; none, and no line ends, if absent. */
  readonly indent?: number;
}

/**
 * A value as JSON, piece by piece: what `JSON.stringify` answers, cut within the lists that the value has under its keys, which may be
 * generators too. So nothing as long as the whole is ever in memory.
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
  let before = '{';
  for (const [key, entry] of Object.entries(value)) {
    const listed = isList(entry);
    const whole = listed ? '[' : json(entry, 1);
    if (whole === undefined) continue;
    yield `${before}${begin(1)}${JSON.stringify(key)}${colon}${whole}`;
    before = ',';
    if (!listed) continue;
    let separator = '';
    for (const each of entry) {
      yield `${separator}${begin(2)}${json(each, 2) ?? 'null'}`;
      separator = ',';
    }
    yield separator === '' ? ']' : `${begin(1)}]`;
  }
  yield before === '{' ? '{}' : `${begin(0)}}`;
}

function isList(entry: unknown): entry is Iterable<unknown> {
  return Array.isArray(entry) || (typeof entry === 'object' && entry !== null && 'next' in entry);
}
