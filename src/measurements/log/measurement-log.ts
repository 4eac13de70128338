import { readFiniteOrReason } from '../finite-or-reason.ts';
import type { RunHeader } from '../run-header.ts';
import type { MetricSeries, Run } from '../types.ts';
import type { LineRange } from './line-splitter.ts';
import { type Complaint, type Fields, isFields } from './log-lines.ts';
import type { PlainStep } from './plain-steps.ts';

/** One measurement of all layers. */
interface Measurement extends Omit<PlainStep, 'values'> {
  /** [layer · series], layer by layer; NaN where undetermined. */
  readonly values: ArrayLike<number>;
  /** Positions in `values`. */
  readonly undetermined: readonly { readonly at: number; readonly reason: string }[];
}

/** Collects the measurements of a run's layers, in file order. A record is taken whole or, with an error, not at all. */
export class MeasurementLog {
  readonly #header: RunHeader;
  readonly #needsReasons: boolean;
  readonly #measurements: Measurement[] = [];
  readonly #spectra: (LineRange | null)[] = [];

  /** @param needsReasons whether a number that is null must have a reason beside it, as we write it. */
  constructor(header: RunHeader, needsReasons: boolean) {
    this.#header = header;
    this.#needsReasons = needsReasons;
  }

  /** Measurements so far; the last one may still lack its spectra. */
  get count(): number {
    return this.#measurements.length;
  }

  get lastStep(): number | null {
    return this.#measurements.at(-1)?.step ?? null;
  }

  /** Whether the last measurement's spectra are still to come. */
  get lacksSpectra(): boolean {
    return this.#header.spectra.length > 0 && this.#spectra.length < this.#measurements.length;
  }

  /** @throws what `complain` returns, for a record that does not fit the header or the one before it. */
  add({ step, loss, gradientNorm, undetermined, layers }: Fields, complain: Complaint): void {
    const { layers: expected } = this.#header;
    this.#assertNext(step, complain);
    const values: number[] = [];
    const missing: { at: number; reason: string }[] = [];
    // Without metrics there is nothing to be said of layers: their spectra follow.
    if (layers !== undefined || this.#header.series.length > 0) {
      if (!Array.isArray(layers) || layers.length !== expected.length) {
        throw complain(`a list of the header's ${expected.length} layers`, 'layers');
      }
      expected.forEach((_, l) => {
        this.#readLayer(layers[l], l, values, missing, complain);
      });
    }
    const read = (key: 'loss' | 'gradientNorm'): number =>
      readFiniteOrReason({ loss, gradientNorm }, undetermined, key, '', this.#needsReasons, complain).value;
    this.#measurements.push({
      step,
      loss: read('loss'),
      gradientNorm: read('gradientNorm'),
      values,
      undetermined: missing,
    });
  }

  /** The same of one that lacks nothing. */
  addPlain(measurement: PlainStep, complain: Complaint): void {
    this.#assertNext(measurement.step, complain);
    this.#measurements.push({ ...measurement, undetermined: [] });
  }

  #assertNext(step: number, complain: Complaint): void {
    const previous = this.lastStep;
    if (!Number.isSafeInteger(step) || step <= (previous ?? -1)) {
      const allowed = previous === null ? 'a whole number from 0' : `a whole number above ${previous}`;
      throw complain(allowed, 'step', step);
    }
    if (this.lacksSpectra) throw complain(`the spectra of step ${previous} before the next measurement`);
  }

  /** @param step what the record says; null if it is to be looked at when the spectra are asked for. */
  addSpectra(line: LineRange, step: number | null, complain: Complaint): void {
    if (this.#header.spectra.length === 0) throw complain('no spectra, since the header has none');
    if (!this.lacksSpectra) throw complain('spectra only once, after the measurement they belong to');
    if (step !== null && step !== this.lastStep) {
      throw complain(`${this.lastStep}, the measurement they belong to`, 'spectra.step', step);
    }
    const { number, start, end } = line;
    this.#spectra.push({ number, start, end });
  }

  /** Leaves the last measurement without spectra: they are lost. */
  loseSpectra(): void {
    if (this.lacksSpectra) this.#spectra.push(null);
  }

  /** The lines of the spectra so far, one for each measurement but perhaps the last; null for those that are lost. */
  get spectraLines(): readonly (LineRange | null)[] {
    return this.#spectra;
  }

  /** The last measurement whose spectra are there: its step and their line. */
  get lastSpectra(): { readonly step: number; readonly line: LineRange } | null {
    const last = this.#spectra.findLastIndex((line) => line !== null);
    return last < 0 ? null : { step: this.#measurements[last].step, line: this.#spectra[last]! };
  }

  /** The measurements that are whole: without the last one if a kill left it without its spectra. */
  toArrays(): Pick<Run, 'steps' | 'loss' | 'gradientNorm'> & { series: ReadonlyMap<string, MetricSeries>[] } {
    const whole = this.lacksSpectra ? this.#measurements.slice(0, -1) : this.#measurements;
    return {
      steps: Float64Array.from(whole, ({ step }) => step),
      loss: Float64Array.from(whole, ({ loss }) => loss),
      gradientNorm: Float64Array.from(whole, ({ gradientNorm }) => gradientNorm),
      series: this.#layerSeries(whole),
    };
  }

  #layerSeries(whole: readonly Measurement[]): Map<string, MetricSeries>[] {
    const { layers, series } = this.#header;
    const seriesFrom = (first: number, missing: readonly MetricSeries['undetermined'][number][][]) =>
      new Map(
        series.map(({ id, metric, centering, origin }, s): [string, MetricSeries] => {
          const values = new Float64Array(whole.length);
          for (let i = 0; i < whole.length; i++) values[i] = whole[i].values[first + s];
          return [id, { metric, centering, origin, values, undetermined: missing[first + s] ?? [] }];
        }),
      );
    // Where nothing was measured all layers share theirs, however many a hostile header names.
    if (whole.length === 0) return new Array(layers.length).fill(seriesFrom(0, []));
    const missing = Array.from(whole[0].values, (): { index: number; reason: string }[] => []);
    whole.forEach(({ undetermined }, index) => {
      for (const { at, reason } of undetermined) missing[at].push({ index, reason });
    });
    return layers.map((_, l) => seriesFrom(l * series.length, missing));
  }

  #readLayer(
    layer: unknown,
    l: number,
    values: number[],
    missing: { at: number; reason: string }[],
    complain: Complaint,
  ): void {
    const { metrics, undetermined } = isFields(layer) ? layer : ({} as Fields);
    if (!isFields(metrics)) throw complain('an object', `layers[${l}].metrics`);
    for (const { id } of this.#header.series) {
      const value = metrics[id];
      if (undetermined === undefined && typeof value === 'number' && Number.isFinite(value)) {
        values.push(value);
        continue;
      }
      const place = `layers[${l}].metrics.`;
      const read = readFiniteOrReason(metrics, undetermined, id, place, this.#needsReasons, complain);
      const at = values.push(read.value) - 1;
      if (read.reason !== null) missing.push({ at, reason: read.reason });
    }
  }
}
