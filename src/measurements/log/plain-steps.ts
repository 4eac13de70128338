import { hasBytes } from '../../formats/has-bytes.ts';
import { fewestCharacters, type JsonParts } from '../../formats/json-shape.ts';
import { NumberReader } from '../../formats/number-reader.ts';
import type { RunHeader } from '../run-header.ts';
import { longestLine } from './log-lines.ts';
import { sealStart } from './record-seal.ts';

/** One measurement of all layers, of which every number is known. */
export interface PlainStep {
  readonly step: number;
  readonly loss: number;
  readonly gradientNorm: number;
  /** [layer · series], layer by layer. */
  readonly values: Float64Array;
}

/**
 * Reads measurements from the bytes of their records, where these are as we write them and lack nothing: nearly all of a log is such records, and
 * taking them apart as JSON makes thousands of objects of each.
 */
export class PlainSteps {
  readonly #count: number;
  /** A shorter record would be refused as JSON: it has not room for its numbers, or much less in it than it announces. */
  readonly #fewestBytes: number;
  readonly #beforeStep = bytesOf('{"step":');
  readonly #beforeLoss = bytesOf(',"loss":');
  readonly #beforeNorm = bytesOf(',"gradientNorm":');
  /** What stands before the first series of the first layer, before that of the others, and before each other series. */
  readonly #beforeAll: Uint8Array;
  readonly #beforeLayer: Uint8Array;
  readonly #beforeSeries: readonly Uint8Array[];
  readonly #end = bytesOf('}}]');
  readonly #reader = new NumberReader();

  constructor({ layers, series }: Pick<RunHeader, 'layers' | 'series'>) {
    this.#count = layers.length * series.length;
    this.#fewestBytes = Math.max(this.#count, fewestCharacters(partsOf(layers.length, series.length)));
    const keys = series.map(({ id }) => `${JSON.stringify(id)}:`);
    this.#beforeAll = bytesOf(`,"layers":[{"metrics":{${keys[0]}`);
    this.#beforeLayer = bytesOf(`}},{"metrics":{${keys[0]}`);
    this.#beforeSeries = keys.map((key) => bytesOf(`,${key}`));
  }

  /** The measurement of a sealed record; null for any other record, and for one that must be looked at closely. */
  read(record: Uint8Array): PlainStep | null {
    // A hostile header may announce more than any record holds.
    if (this.#count === 0 || record.length < this.#fewestBytes || record.length > longestLine) return null;
    const reader = this.#reader;
    reader.end = 0;
    const numberAfter = (text: Uint8Array): number =>
      hasBytes(record, reader.end, text) ? reader.read(record, reader.end + text.length) : Number.NaN;
    const step = numberAfter(this.#beforeStep);
    if (!Number.isSafeInteger(step)) return null;
    const loss = numberAfter(this.#beforeLoss);
    const gradientNorm = numberAfter(this.#beforeNorm);
    if (Number.isNaN(loss) || Number.isNaN(gradientNorm)) return null;
    const values = new Float64Array(this.#count);
    const perLayer = this.#beforeSeries.length;
    for (let i = 0, s = 0; i < values.length; i++) {
      const value = numberAfter(s > 0 ? this.#beforeSeries[s] : i > 0 ? this.#beforeLayer : this.#beforeAll);
      if (Number.isNaN(value)) return null;
      values[i] = value;
      s = s + 1 < perLayer ? s + 1 : 0;
    }
    if (!hasBytes(record, reader.end, this.#end)) return null;
    return sealStart(record) === reader.end + this.#end.length ? { step, loss, gradientNorm, values } : null;
  }
}

/** Of a sealed record, beside whose measurements stand step, loss, gradient norm, the layers, and the seal's two. */
function partsOf(layers: number, series: number): JsonParts {
  return {
    objects: 1 + 2 * layers,
    lists: 1,
    members: 5 + (layers - 1) + layers * (series - 1),
    keys: 6 + layers * (1 + series),
  };
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
