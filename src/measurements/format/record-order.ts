import { InputError } from '../../errors/input-error.ts';
import { EvaluationLog } from '../log/evaluation-log.ts';
import { EventLog } from '../log/event-log.ts';
import type { Complaint, Fields } from '../log/log-lines.ts';
import type { RunHeader } from '../run-header.ts';
import type { LogDigest } from '../types.ts';
import type { RecordProblem } from './header-fit.ts';
import type { RecordKind } from './record-schemas.ts';

/** Follows a log's records and says which do not fit those before them; goes on after one that does not. */
export class RecordOrder {
  readonly #evaluations: EvaluationLog;
  readonly #events = new EventLog();
  readonly #header: RunHeader;
  readonly #trackSteps = new Map<string, number>();
  #step: number | null = null;
  /** Whether the last measurement's step could not be read. */
  #isStepUnknown = false;
  #lacksSpectra = false;
  #hasEnd = false;

  constructor(header: RunHeader) {
    this.#header = header;
    this.#evaluations = new EvaluationLog(header);
  }

  /**
   * What of a record contradicts those before it.
   *
   * @param before how many they are and their digest, which the end says; null in version 1.
   */
  problems(kind: RecordKind, record: Fields, before: LogDigest | null): RecordProblem[] {
    if (this.#hasEnd) return [{ allowed: 'nothing after the end record' }];
    switch (kind) {
      case 'step':
        return this.#measurement(record.step);
      case 'spectra':
        return this.#spectra(record.spectra.step);
      case 'evaluation':
        return complaintOf((complain) => this.#evaluations.add(record.evaluation, complain));
      case 'event':
        return complaintOf((complain) => this.#events.add(record.event, complain));
      case 'track':
        return this.#track(record.track);
      case 'lost':
        return [];
      case 'end':
        return this.#end(record.end, before);
    }
  }

  /** Leaves out a record whose fields are not what they should be, so that nothing else is found wrong because of it. */
  passOver(kind: RecordKind): void {
    if (kind === 'step') {
      this.#isStepUnknown = true;
      this.#lacksSpectra = this.#header.spectra.length > 0;
    } else if (kind === 'spectra') {
      this.#lacksSpectra = false;
    } else if (kind === 'end') {
      this.#hasEnd = true;
    }
  }

  #measurement(step: number): RecordProblem[] {
    const missing = this.#missingSpectra();
    const previous = this.#step;
    this.#lacksSpectra = this.#header.spectra.length > 0;
    this.#step = Math.max(step, previous ?? 0);
    this.#isStepUnknown = false;
    return previous === null || step > previous
      ? missing
      : [...missing, { field: 'step', value: step, allowed: `above ${previous}, the measurement before` }];
  }

  #spectra(step: number): RecordProblem[] {
    const wasLacking = this.#lacksSpectra;
    this.#lacksSpectra = false;
    if (!wasLacking) return [{ allowed: 'spectra only once, after the measurement they belong to' }];
    return step === this.#step || this.#isStepUnknown
      ? []
      : [{ field: 'spectra.step', value: step, allowed: `${this.#step}, the measurement they belong to` }];
  }

  #track({ id, step }: Fields): RecordProblem[] {
    const previous = this.#trackSteps.get(id) ?? -1;
    this.#trackSteps.set(id, Math.max(step, previous));
    return step > previous
      ? []
      : [
          {
            field: 'track.step',
            value: step,
            allowed: `above ${previous}, that of the record before of ${id}`,
          },
        ];
  }

  #end({ step, records, sha256 }: Fields, before: LogDigest | null): RecordProblem[] {
    this.#hasEnd = true;
    const problems = this.#missingSpectra();
    const isTold = before !== null || step !== undefined;
    if (isTold && !this.#isStepUnknown && (step ?? null) !== this.#step) {
      const allowed = `${this.#step}, the last one measured`;
      problems.push({ field: 'end.step', value: step ?? null, allowed });
    }
    if (before === null) return problems;
    if (records !== before.records) {
      const allowed = `${before.records}, the records before it`;
      problems.push({ field: 'end.records', value: records ?? 'missing', allowed });
    }
    if (sha256 !== before.sha256) {
      const allowed = `${before.sha256}, the SHA-256 of the lines before it`;
      problems.push({ field: 'end.sha256', value: sha256 ?? 'missing', allowed });
    }
    return problems;
  }

  #missingSpectra(): RecordProblem[] {
    if (!this.#lacksSpectra) return [];
    this.#lacksSpectra = false;
    return [{ allowed: `the spectra of step ${this.#step} before this record, as the header announces` }];
  }
}

function complaintOf(add: (complain: Complaint) => void): RecordProblem[] {
  try {
    add((allowed, field, value) => new InputError({ field, value, allowed }));
    return [];
  } catch (error) {
    if (error instanceof InputError) return [error.problem];
    throw error;
  }
}
