import type { RunHeader } from '../run-header.ts';
import type { Evaluation } from '../types.ts';
import type { Complaint, Fields } from './log-lines.ts';

/** How far accuracies that are equal may lie apart, having been divided in another order or in float32. */
const tolerance = 1e-6;

/** Collects the evaluations of a run, in file order; what they say twice must agree. */
export class EvaluationLog {
  readonly #classes: number | null;
  readonly #evaluations: Evaluation[] = [];

  constructor({ classes }: RunHeader) {
    this.#classes = classes;
  }

  /** @throws what `complain` returns, for a record that contradicts itself, the header or the one before it. */
  add({ step, accuracy, examples, loss, perClass }: Fields, complain: Complaint): void {
    const previous = this.#evaluations.at(-1)?.step ?? -1;
    if (!isCount(step) || step <= previous) {
      const allowed = previous < 0 ? 'a whole number from 0' : `a whole number above ${previous}`;
      throw complain(allowed, 'evaluation.step', step);
    }
    if (!isShare(accuracy)) throw complain('a share from 0 to 1', 'evaluation.accuracy', accuracy);
    if (examples !== null && !isCount(examples)) {
      throw complain('a whole number from 0, or null', 'evaluation.examples', examples);
    }
    if (examples !== null && !isShareOf(accuracy, examples)) {
      throw complain(`a whole number of its ${examples} examples`, 'evaluation.accuracy', accuracy);
    }
    if (loss !== undefined && !Number.isFinite(loss)) {
      throw complain('a finite number', 'evaluation.loss', loss);
    }
    const facts = { step, accuracy, examples, ...(loss !== undefined && { loss }) };
    if (perClass === undefined) {
      this.#evaluations.push(facts);
      return;
    }
    this.#checkClasses(perClass, accuracy, complain);
    this.#evaluations.push({ ...facts, perClass });
  }

  toEvaluations(): Evaluation[] {
    return [...this.#evaluations];
  }

  #checkClasses(perClass: unknown, accuracy: number, complain: Complaint): void {
    const field = 'evaluation.perClass';
    if (!Array.isArray(perClass) || !perClass.every((share) => share === null || isShare(share))) {
      throw complain('a list of shares from 0 to 1, or null', field);
    }
    if (this.#classes !== null && perClass.length !== this.#classes) {
      throw complain(`the header's ${this.#classes} classes`, field, `of ${perClass.length} classes`);
    }
    const shares = perClass.filter((share): share is number => share !== null);
    if (shares.length === 0) return;
    const least = shares.reduce((a, b) => Math.min(a, b));
    const most = shares.reduce((a, b) => Math.max(a, b));
    // The accuracy is a mean of those of the classes, weighted by their examples.
    if (accuracy < least - tolerance || accuracy > most + tolerance) {
      throw complain(`between those of the classes, ${least} and ${most}`, 'evaluation.accuracy', accuracy);
    }
  }
}

function isShareOf(share: number, count: number): boolean {
  const correct = share * count;
  return Math.abs(correct - Math.round(correct)) <= tolerance * Math.max(1, count);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isShare(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1;
}
