import { InputError } from '../../errors/input-error.ts';
import type { Determined, Spectrum } from '../../spectra/types.ts';
import type { Line } from '../log/line-splitter.ts';
import { LogContent } from '../log/log-content.ts';
import { type Complaint, type Fields, isFields, parseLine, shownValue } from '../log/log-lines.ts';
import { readSpectraRecord } from '../log/spectra-lines.ts';
import { finalStep, stepAfter } from '../log/unsealed-agreement.ts';
import type { RunHeader, SeriesHeader, SpectrumVariant } from '../run-header.ts';
import type { LogFaults } from './log-faults.ts';
import type { RecoveredRecords } from './recovered-records.ts';

/** A series' value of a spectrum; null where it is not known how to compute it. */
export type Recompute = (spectrum: Spectrum, series: SeriesHeader) => Determined | null;

/** How far apart a logged value and its spectrum's may lie, as a share: mathematical functions differ between engines. */
const tolerance = 1e-9;

/** Reads recovered records one by one, leaving out those that do not fit the others. */
export class TolerantReading {
  readonly content: LogContent;
  readonly #version: 1 | 2;
  readonly #file: string;
  readonly #faults: LogFaults;
  readonly #recompute: Recompute;
  /** A measurement until its spectra come. */
  #held: { readonly line: Line; readonly record: Fields } | null = null;
  #whole = 0;
  /** Of version 1, where one damage may show as a record that does not fit and as one that is missing. */
  #dropped = 0;
  #missing = 0;

  constructor(header: RunHeader, version: 1 | 2, file: string, faults: LogFaults, recompute: Recompute) {
    this.content = new LogContent(header, version);
    this.#version = version;
    this.#file = file;
    this.#faults = faults;
    this.#recompute = recompute;
  }

  /** Records that were read. */
  get whole(): number {
    return this.#whole;
  }

  take(entry: RecoveredRecords['entries'][number]): void {
    if ('lost' in entry) {
      this.#releaseHeld();
      this.content.lose(entry.lost);
      return;
    }
    const record = parseLine(entry, this.#file);
    if (record === undefined) {
      this.#drop(entry, 'no JSON object');
    } else if (isFields(record.spectra)) {
      this.#takeSpectra(entry, record.spectra);
    } else {
      this.#releaseHeld();
      this.#noteMissing(record);
      if (record.step !== undefined && this.content.header.spectra.length > 0)
        this.#held = { line: entry, record };
      else this.#add(entry, record);
    }
  }

  /**
   * No more will come.
   *
   * @param unplaced damaged lines of which is not known what they were.
   * @param expected how many records there must be, if that is known.
   */
  finish(unplaced: number, expected: number | null): void {
    this.#releaseHeld();
    if (this.#version > 1) return;
    const absent = expected === null ? 0 : expected - 1 - this.#whole;
    const lost = Math.max(this.#dropped + unplaced, this.#missing, absent);
    if (lost > 0) this.content.lose(lost);
  }

  #takeSpectra(line: Line, fields: Fields): void {
    const held = this.#held;
    if (held === null) {
      this.#drop(line, 'spectra of a measurement that is lost');
      return;
    }
    let disagreement: string | null = null;
    try {
      const spectra = readSpectraRecord(fields, this.content.header, complain);
      if (this.#version === 1) disagreement = this.#disagreement(held.record, spectra);
    } catch (error) {
      this.#drop(line, wordsOf(error));
      return;
    }
    this.#held = null;
    if (disagreement !== null) {
      this.#faults.add(held.line.number, disagreement);
      this.#lose(2);
    } else if (this.#add(held.line, held.record)) {
      this.#add(line, { spectra: fields });
    } else {
      this.#drop(line, 'spectra of a measurement that is lost');
    }
  }

  #releaseHeld(): void {
    if (this.#held === null) return;
    const { line, record } = this.#held;
    this.#held = null;
    this.#add(line, record);
  }

  #add(line: Line, record: Fields): boolean {
    try {
      this.content.add(record, line, complain);
      this.#whole++;
      return true;
    } catch (error) {
      this.#drop(line, wordsOf(error));
      return false;
    }
  }

  #drop(line: Line, what: string): void {
    this.#releaseHeld();
    this.#faults.add(line.number, what);
    this.#lose(1);
  }

  #lose(records: number): void {
    if (this.#version === 1) this.#dropped += records;
    this.content.lose(this.#version === 1 ? 0 : records);
  }

  /** Before a record that is no spectra, those of the measurement before must be there, and the measurements before. */
  #noteMissing(record: Fields): void {
    const { content } = this;
    if (content.lacksSpectra) this.#miss(1, `the spectra of step ${content.lastStep} are lost`);
    if (this.#version > 1) return;
    const next = stepAfter(content.header, content.lastStep);
    const every = stepAfter(content.header, 0);
    if (next === null || every === null) return;
    const isComplete = isFields(record.end) && record.end.reason === 'complete';
    const reached = isComplete ? (finalStep(content.header) ?? next) + every : record.step;
    if (!Number.isSafeInteger(reached) || reached <= next || (reached - next) % every !== 0) return;
    const records = ((reached - next) / every) * (content.header.spectra.length > 0 ? 2 : 1);
    this.#miss(records, `measurements are lost from step ${next} to before ${reached}`);
  }

  #miss(records: number, what: string): void {
    this.#faults.add(null, what);
    this.#missing += records;
    this.content.lose(this.#version === 1 ? 0 : records);
  }

  /** What a measurement's metrics and its spectra say differently, or null. */
  #disagreement(
    { layers }: Fields,
    spectra: readonly Readonly<Record<SpectrumVariant, Spectrum | null>>[],
  ): string | null {
    const { header } = this.content;
    for (const [l, layer] of header.layers.entries()) {
      const metrics: unknown = isFields(layers?.[l]) ? layers[l].metrics : undefined;
      for (const series of header.series) {
        const logged = isFields(metrics) ? metrics[series.id] : undefined;
        const spectrum = spectra[l][series.centering === 'none' ? 'raw' : 'centered'];
        const computed = series.origin === 'measured' && spectrum ? this.#recompute(spectrum, series) : null;
        if (computed === null || isEqual(logged, computed)) continue;
        const value = computed.determined ? computed.value : 'none';
        return `${series.id} of ${layer.name} is ${String(shownValue(logged))}; by its spectrum ${value}`;
      }
    }
    return null;
  }
}

function isEqual(logged: unknown, computed: Determined): boolean {
  if (!computed.determined || !Number.isFinite(computed.value)) return logged === null;
  if (typeof logged !== 'number') return false;
  return Math.abs(logged - computed.value) <= tolerance * Math.abs(computed.value);
}

const complain: Complaint = (allowed, field, value) =>
  new InputError({ field: field || undefined, value: shownValue(value), allowed });

function wordsOf(error: unknown): string {
  if (error instanceof InputError) return error.message;
  throw error;
}
