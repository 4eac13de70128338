import type { RunHeader } from '../run-header.ts';
import type { Layer, LayerSpectra, LogDigest, Run } from '../types.ts';
import { EvaluationLog } from './evaluation-log.ts';
import { EventLog } from './event-log.ts';
import type { LineRange } from './line-splitter.ts';
import { type Complaint, type Fields, isFields } from './log-lines.ts';
import { MeasurementLog } from './measurement-log.ts';
import type { PlainStep } from './plain-steps.ts';
import { TrackLog } from './track-log.ts';
import { finalStep, stepAfter } from './unsealed-agreement.ts';

/** Why a run ended, and what its log says of itself where it has checksums. */
export interface LogEnd {
  readonly reason: string;
  readonly digest: LogDigest | null;
}

/**
 * Collects a log's records, in their order, and holds what they say twice against each other. A record is taken whole
 * or, with an error, not at all.
 */
export class LogContent {
  readonly header: RunHeader;
  readonly #version: 1 | 2;
  readonly #measurements: MeasurementLog;
  readonly #evaluations: EvaluationLog;
  readonly #events = new EventLog();
  readonly #tracks: TrackLog;
  #records = 1;
  /** Records that the log itself says to have lost, and those that are found to be lost now. */
  #lostBefore = 0;
  #lost = 0;
  #hasGaps = false;
  #end: LogEnd | null = null;

  constructor(header: RunHeader, version: 1 | 2) {
    this.header = header;
    this.#version = version;
    this.#measurements = new MeasurementLog(header, version > 1);
    this.#evaluations = new EvaluationLog(header);
    this.#tracks = new TrackLog(header, version > 1);
  }

  /** Null while the run has not ended by itself. */
  get end(): LogEnd | null {
    return this.#end;
  }

  /** Of the last measurement; null before the first. */
  get lastStep(): number | null {
    return this.#measurements.lastStep;
  }

  get lacksSpectra(): boolean {
    return this.#measurements.lacksSpectra;
  }

  get lastSpectra(): MeasurementLog['lastSpectra'] {
    return this.#measurements.lastSpectra;
  }

  get spectraLines(): readonly (LineRange | null)[] {
    return this.#measurements.spectraLines;
  }

  /** @throws what `complain` returns, for a record that does not fit those before it. */
  add(record: Fields, line: LineRange, complain: Complaint): void {
    if (this.#end !== null) throw complain('nothing after the end record');
    if (record.step !== undefined) this.#addStep(record, complain);
    else if (isFields(record.spectra)) this.#measurements.addSpectra(line, record.spectra.step, complain);
    else if (isFields(record.evaluation)) this.#evaluations.add(record.evaluation, complain);
    else if (isFields(record.event)) this.#events.add(record.event, complain);
    else if (isFields(record.track)) this.#tracks.add(record.track, complain);
    else if (isFields(record.lost)) this.#addLost(record.lost, complain);
    else if (isFields(record.end)) this.#addEnd(record.end, complain);
    else throw complain('a record with step, spectra, evaluation, event, track or end');
    this.#records++;
  }

  /** The same of a measurement that lacks nothing. */
  addPlain(measurement: PlainStep, complain: Complaint): void {
    if (this.#end !== null) throw complain('nothing after the end record');
    this.#measurements.addPlain(measurement, complain);
    this.#records++;
  }

  /** @param step what the record says. */
  addSpectra(line: LineRange, step: number, complain: Complaint): void {
    if (this.#end !== null) throw complain('nothing after the end record');
    this.#measurements.addSpectra(line, step, complain);
    this.#records++;
  }

  /**
   * Leaves out records that are lost: what follows need not fit closely to what came before. If the last measurement's
   * spectra were still to come, they are among them.
   */
  lose(records: number): void {
    this.#measurements.loseSpectra();
    this.#hasGaps = true;
    this.#records += records;
    this.#lost += records;
  }

  /** Records that were left out, as far as their number is known. */
  get lost(): number {
    return this.#lost;
  }

  /** @param spectra gives the layers' spectra when they are asked for. */
  toRun(spectra: () => LayerSpectra[]): Run {
    const { layers, series: _, tracks, spectra: variants, plannedSteps, ...facts } = this.header;
    const { series, ...arrays } = this.#measurements.toArrays();
    const reason = this.#end?.reason ?? null;
    const events = this.#events.toEvents();
    const lostRecords = this.#lostBefore + this.#lost;
    return {
      ...facts,
      plannedSteps: plannedSteps ?? (arrays.steps.at(-1) ?? -1) + 1,
      layers: layers.map((layer, index): Layer => {
        if (variants.length === 0) return { ...layer, series: series[index], spectra: null };
        return {
          ...layer,
          series: series[index],
          get spectra() {
            return spectra()[index];
          },
        };
      }),
      ...arrays,
      evaluations: this.#evaluations.toEvaluations(),
      ...(events.length > 0 && { events }),
      ...(tracks !== undefined && { tracks: this.#tracks.toTracks() }),
      complete: reason === 'complete',
      stopped: reason === 'complete' ? null : reason,
      ...(lostRecords > 0 && { lostRecords }),
    };
  }

  #addStep(record: Fields, complain: Complaint): void {
    if (this.#version === 1) {
      const expected = stepAfter(this.header, this.lastStep);
      if (expected !== null && !this.#hasGaps && record.step !== expected) {
        const allowed = `${expected}, since the header says measureEvery ${this.header.hyperparameters.measureEvery}`;
        throw complain(allowed, 'step', record.step);
      }
    }
    this.#measurements.add(record, complain);
  }

  #addLost({ records }: Fields, complain: Complaint): void {
    if (!Number.isSafeInteger(records) || records < 1) {
      throw complain('a whole number from 1', 'lost.records', records);
    }
    this.#lostBefore += records;
  }

  #addEnd({ reason, step, records, sha256 }: Fields, complain: Complaint): void {
    if (typeof reason !== 'string' || reason === '') throw complain('a text', 'end.reason', reason);
    if (this.lacksSpectra) throw complain(`the spectra of step ${this.lastStep} before the end`);
    // Version 1 could leave it out; and the last measurement may be lost.
    const isKnown = !this.#hasGaps && !(this.#version === 1 && step === undefined);
    if (isKnown && step !== this.lastStep) {
      const allowed =
        this.lastStep === null ? 'null, as nothing was measured' : `${this.lastStep}, the last one measured`;
      throw complain(allowed, 'end.step', step);
    }
    if (this.#version === 1) {
      this.#checkPlan(reason, complain);
      this.#end = { reason, digest: null };
      return;
    }
    if (records !== this.#records) {
      throw complain(`${this.#records}, the records before it`, 'end.records', records);
    }
    if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) {
      throw complain('64 hexadecimal digits', 'end.sha256', sha256);
    }
    this.#end = { reason, digest: { records, sha256 } };
  }

  #checkPlan(reason: string, complain: Complaint): void {
    const last = finalStep(this.header);
    if (this.#hasGaps || reason !== 'complete' || last === null || last === this.lastStep) return;
    throw complain(`measurements up to step ${last} before the end of a complete run`);
  }
}
