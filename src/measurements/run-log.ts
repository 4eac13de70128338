import { InputError } from '../errors/input-error.ts';
import {
  decodeLine,
  type Fields,
  isFields,
  type LineRange,
  linesOf,
  parseLine,
  startsWithSpectra,
} from './log-lines.ts';
import { parseHeader, type RunHeader } from './run-header.ts';
import { lazySpectra } from './spectra-lines.ts';
import { TrackLog } from './track-log.ts';
import type { Evaluation, Layer, MetricSeries, Run } from './types.ts';

/**
 * Reads a run's log. A log may end anywhere, since its writer may have been killed: a torn last line is dropped,
 * and so is a last measurement whose spectra are missing; such a run says `complete: false`.
 *
 * Spectra are the bulk of a log and most readers do without them: they are parsed, and checked, when
 * `layer.spectra` is first read.
 *
 * @param bytes the whole file.
 * @param file named in errors.
 * @param reread gives the bytes again for the spectra; by default `bytes` are kept for that.
 * @throws InputError naming the file and the line, if the log is damaged before its last line.
 */
export function parseRunLog(bytes: Uint8Array, file: string, reread: () => Uint8Array = () => bytes): Run {
  const lines = linesOf(bytes);
  const torn = lines.length > 0 && lines[lines.length - 1].end === bytes.length;
  if (lines.length === 0 || (torn && lines.length === 1)) {
    throw new InputError({ file, allowed: 'a run log; its first line is missing or torn' });
  }
  const header = parseHeader(decodeLine(bytes, lines[0], file), file);
  const content = new LogContent(header, file);
  for (const line of lines.slice(1)) {
    if (startsWithSpectra(bytes, line) && line.end < bytes.length) {
      content.addSpectra(line);
      continue;
    }
    const record = parseLine(bytes, line, file);
    if (record === undefined) {
      if (line.end === bytes.length) break;
      throw content.damaged(line, 'a complete JSON object');
    }
    content.add(record, line);
  }
  return content.toRun(reread);
}

/** Collects a log's records, in file order, into arrays. */
class LogContent {
  readonly #header: RunHeader;
  readonly #file: string;
  readonly #steps: number[] = [];
  readonly #loss: number[] = [];
  readonly #gradientNorm: number[] = [];
  /** [layer][series][measurement]. */
  readonly #values: number[][][];
  readonly #undetermined: { index: number; reason: string }[][][];
  readonly #spectra: LineRange[] = [];
  readonly #evaluations: Evaluation[] = [];
  readonly #tracks: TrackLog;
  #end: string | null = null;

  constructor(header: RunHeader, file: string) {
    this.#header = header;
    this.#file = file;
    this.#tracks = new TrackLog(header);
    this.#values = header.layers.map(() => header.series.map(() => []));
    this.#undetermined = header.layers.map(() => header.series.map(() => []));
  }

  damaged(line: LineRange, allowed: string, field = '', value?: unknown): InputError {
    const place = field === '' ? `line ${line.number}` : `line ${line.number}, ${field}`;
    return new InputError({ file: this.#file, field: place, value, allowed });
  }

  add(record: Fields, line: LineRange): void {
    if (this.#end !== null) throw this.damaged(line, 'nothing after the end record');
    if (record.step !== undefined) this.#addStep(record, line);
    else if (isFields(record.evaluation)) this.#addEvaluation(record.evaluation, line);
    else if (isFields(record.track)) {
      this.#tracks.add(record.track, (...problem) => this.damaged(line, ...problem));
    } else if (isFields(record.end)) this.#addEnd(record.end, line);
    else if (isFields(record.spectra)) this.addSpectra(line);
    else throw this.damaged(line, 'a record with step, spectra, evaluation, track or end');
  }

  addSpectra(line: LineRange): void {
    if (this.#header.spectra.length === 0) throw this.damaged(line, 'no spectra, since the header has none');
    if (this.#spectra.length !== this.#steps.length - 1) {
      throw this.damaged(line, 'spectra only once, after the measurement they belong to');
    }
    this.#spectra.push(line);
  }

  toRun(reread: () => Uint8Array): Run {
    const { layers, series, tracks, ...header } = this.#header;
    // A kill between a measurement's two lines leaves it without spectra.
    if (header.spectra.length > 0 && this.#spectra.length < this.#steps.length) this.#dropLastStep();
    const spectra = lazySpectra(this.#header, this.#file, this.#spectra, reread);
    const { spectra: _, ...facts } = header;
    return {
      ...facts,
      layers: layers.map((layer, index): Layer => {
        const map = new Map(series.map(({ id }, s) => [id, this.#series(index, s)]));
        if (header.spectra.length === 0) return { ...layer, series: map, spectra: null };
        return {
          ...layer,
          series: map,
          get spectra() {
            return spectra()[index];
          },
        };
      }),
      steps: Float64Array.from(this.#steps),
      loss: Float64Array.from(this.#loss),
      gradientNorm: Float64Array.from(this.#gradientNorm),
      evaluations: this.#evaluations,
      ...(tracks !== undefined && { tracks: this.#tracks.toTracks() }),
      complete: this.#end === 'complete',
      stopped: this.#end === 'complete' ? null : this.#end,
    };
  }

  #series(layer: number, series: number): MetricSeries {
    const { metric, centring, origin } = this.#header.series[series];
    return {
      metric,
      centring,
      origin,
      values: Float64Array.from(this.#values[layer][series]),
      undetermined: this.#undetermined[layer][series],
    };
  }

  #addStep({ step, loss, gradientNorm, layers }: Fields, line: LineRange): void {
    const { series, layers: expected } = this.#header;
    const index = this.#steps.length;
    const previous = index === 0 ? -1 : this.#steps[index - 1];
    if (!isCount(step) || step <= previous) {
      const allowed = index === 0 ? 'a whole number from 0' : `a whole number above ${previous}`;
      throw this.damaged(line, allowed, 'step', step);
    }
    if (this.#header.spectra.length > 0 && this.#spectra.length < index) {
      throw this.damaged(line, `the spectra of step ${previous} before the next measurement`);
    }
    if (!Array.isArray(layers) || layers.length !== expected.length) {
      throw this.damaged(line, `a list of the header's ${expected.length} layers`, 'layers');
    }
    this.#steps.push(step);
    this.#loss.push(this.#number(loss, line, 'loss'));
    this.#gradientNorm.push(this.#number(gradientNorm, line, 'gradientNorm'));
    for (let l = 0; l < expected.length; l++) {
      const { metrics, undetermined } = isFields(layers[l]) ? layers[l] : ({} as Fields);
      if (!isFields(metrics)) throw this.damaged(line, 'an object', `layers[${l}].metrics`);
      for (let s = 0; s < series.length; s++) {
        const { id } = series[s];
        const value = metrics[id];
        if (typeof value === 'number' && Number.isFinite(value)) {
          this.#values[l][s].push(value);
        } else {
          this.#values[l][s].push(this.#number(value, line, `layers[${l}].metrics.${id}`));
          const reason = isFields(undetermined) ? undetermined[id] : undefined;
          this.#undetermined[l][s].push({
            index,
            reason: typeof reason === 'string' ? reason : 'no reason logged',
          });
        }
      }
    }
  }

  #dropLastStep(): void {
    const last = this.#steps.length - 1;
    this.#steps.pop();
    this.#loss.pop();
    this.#gradientNorm.pop();
    for (const series of this.#values.flat()) series.pop();
    for (const entries of this.#undetermined.flat()) if (entries.at(-1)?.index === last) entries.pop();
  }

  #addEvaluation({ step, accuracy, examples, perClass }: Fields, line: LineRange): void {
    if (!isCount(step)) throw this.damaged(line, 'a whole number from 0', 'evaluation.step', step);
    if (!isShare(accuracy)) throw this.damaged(line, 'a share from 0 to 1', 'evaluation.accuracy', accuracy);
    if (examples !== null && !isCount(examples)) {
      throw this.damaged(line, 'a whole number from 0, or null', 'evaluation.examples', examples);
    }
    if (perClass === undefined) {
      this.#evaluations.push({ step, accuracy, examples });
    } else if (Array.isArray(perClass) && perClass.every((share) => share === null || isShare(share))) {
      this.#evaluations.push({ step, accuracy, examples, perClass });
    } else {
      throw this.damaged(line, 'a list of shares from 0 to 1, or null', 'evaluation.perClass');
    }
  }

  #addEnd({ reason }: Fields, line: LineRange): void {
    if (typeof reason !== 'string' || reason === '') throw this.damaged(line, 'a text', 'end.reason', reason);
    this.#end = reason;
  }

  /** A finite number, or NaN for null. */
  #number(value: unknown, line: LineRange, field: string): number {
    if (value === null) return Number.NaN;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw this.damaged(line, 'a finite number or null', field, value ?? 'missing');
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isShare(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1;
}
