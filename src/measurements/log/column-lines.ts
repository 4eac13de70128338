import type { RunHeader, TrackHeader } from '../run-header.ts';
import type { MetricSeries, Run, Track } from '../types.ts';
import type { LineBytes } from './line-bytes.ts';

/** Puts the record of a run's measurement with this index; asked for in order. */
export type PutRecord = (line: LineBytes, index: number) => void;

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const step = bytesOf('{"step":');
const layersKey = bytesOf(',"layers":[');
const undeterminedKey = bytesOf(',"undetermined":{');
const noNumber = bytesOf('null');
const comma = bytesOf(',');
const brace = bytesOf('}');
const twoBraces = bytesOf('}}');
const endOfLayers = bytesOf(']}');
const endOfTrack = bytesOf(']}}');

/**
 * The records of a run's measurements straight from its columns, byte by byte what `formatStep` makes of them.
 *
 * @param header without spectra.
 */
export function stepLines({ steps, loss, gradientNorm, layers }: Run, header: RunHeader): PutRecord {
  const top = new LoggedNumbers(',', [
    ['loss', { values: loss, undetermined: [] }],
    ['gradientNorm', { values: gradientNorm, undetermined: [] }],
  ]);
  const ofLayers = layers.map(
    ({ series }, i) =>
      new LoggedNumbers(
        `${i === 0 ? '' : ','}{"metrics":{`,
        header.series.map(({ id }) => [id, series.get(id)!]),
      ),
  );
  return (line, index) => {
    line.put(step);
    line.number(steps[index]);
    if (!top.putValues(line, index)) top.putReasons(line, index);
    line.put(layersKey);
    for (const layer of ofLayers) putObject(line, index, layer);
    line.put(endOfLayers);
  };
}

/**
 * The records of a track, byte by byte what `formatTrack` makes of them.
 *
 * @param header without spectra.
 * @throws RangeError if the track does not fit the header.
 */
export function trackLines({ id, steps, subjects }: Track, header: TrackHeader): PutRecord {
  const begin = bytesOf(`{"track":{"id":${JSON.stringify(id)},"step":`);
  const ofSubjects = subjects.map(
    ({ name: subject, series }, i) =>
      new LoggedNumbers(
        `${i === 0 ? ',"subjects":[' : ','}{"values":{`,
        header.series.map((name) => {
          const column = series.get(name);
          if (column !== undefined) return [name, column];
          throw new RangeError(`${id} at step ${steps[0]}, ${subject} has no ${name}`);
        }),
      ),
  );
  return (line, index) => {
    line.put(begin);
    line.number(steps[index]);
    for (const subject of ofSubjects) putObject(line, index, subject);
    line.put(endOfTrack);
  };
}

/** An object that holds the numbers in one of its own. */
function putObject(line: LineBytes, index: number, numbers: LoggedNumbers): void {
  if (numbers.putValues(line, index)) {
    line.put(twoBraces);
    return;
  }
  line.put(brace);
  numbers.putReasons(line, index);
  line.put(brace);
}

type Column = Pick<MetricSeries, 'values' | 'undetermined'>;

/** Columns whose numbers stand in one object, and beside it the reasons for those that are none. */
class LoggedNumbers {
  /** What stands before each number: with its key what comes before that. */
  readonly #before: readonly Uint8Array[];
  readonly #columns: readonly LoggedColumn[];
  readonly #empty: Uint8Array | null;

  /** @param begin what stands before the first key. */
  constructor(begin: string, columns: readonly (readonly [key: string, column: Column])[]) {
    this.#before = columns.map(([key], i) => bytesOf(`${i === 0 ? begin : ','}${JSON.stringify(key)}:`));
    this.#columns = columns.map(([key, column]) => new LoggedColumn(key, column));
    this.#empty = columns.length === 0 ? bytesOf(begin) : null;
  }

  /** @returns whether all of them are numbers. */
  putValues(line: LineBytes, index: number): boolean {
    const columns = this.#columns;
    let all = true;
    for (let i = 0; i < columns.length; i++) {
      line.put(this.#before[i]);
      if (!columns[i].putNumber(line, index)) all = false;
    }
    if (this.#empty !== null) line.put(this.#empty);
    return all;
  }

  putReasons(line: LineBytes, index: number): void {
    let separator = undeterminedKey;
    for (const column of this.#columns) {
      const reason = column.reasonAt(index);
      if (reason === null) continue;
      line.put(separator);
      line.put(reason);
      separator = comma;
    }
    line.put(brace);
  }
}

class LoggedColumn {
  readonly #key: string;
  readonly #values: Float64Array;
  readonly #undetermined: Column['undetermined'];
  /** The first of them that is not passed yet. */
  #next = 0;
  /** The last reason, which most are; with its key. */
  #reason: string | null = null;
  #reasonBytes: Uint8Array = new Uint8Array(0);

  constructor(key: string, { values, undetermined }: Column) {
    this.#key = JSON.stringify(key);
    this.#values = values;
    this.#undetermined = inOrder(undetermined);
  }

  /** @returns whether there is one. */
  putNumber(line: LineBytes, index: number): boolean {
    const isDetermined = this.#isDetermined(index);
    if (isDetermined) line.number(this.#values[index]);
    else line.put(noNumber);
    return isDetermined;
  }

  /** Why there is no number; null where there is one. */
  reasonAt(index: number): Uint8Array | null {
    if (this.#isDetermined(index)) return null;
    const given = this.#undetermined[this.#next];
    const reason = given?.index === index ? given.reason : `it is ${this.#values[index]}`;
    if (reason !== this.#reason) {
      this.#reason = reason;
      this.#reasonBytes = bytesOf(`${this.#key}:${JSON.stringify(reason)}`);
    }
    return this.#reasonBytes;
  }

  #isDetermined(index: number): boolean {
    const undetermined = this.#undetermined;
    while (this.#next < undetermined.length && undetermined[this.#next].index < index) this.#next++;
    if (this.#next < undetermined.length && undetermined[this.#next].index === index) return false;
    return Number.isFinite(this.#values[index]);
  }
}

/** By index; of several reasons for one value the last, as where they are looked up. */
function inOrder(undetermined: Column['undetermined']): Column['undetermined'] {
  if (undetermined.every(({ index }, i) => i === 0 || index > undetermined[i - 1].index)) return undetermined;
  return [...new Map(undetermined.map((entry) => [entry.index, entry])).values()].sort(
    (a, b) => a.index - b.index,
  );
}
