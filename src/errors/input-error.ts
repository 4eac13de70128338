import { plainLine } from './plain-text.ts';
import { quote } from './quote.ts';

/** What was wrong with an input, in the words a user needs to mend it. */
export interface InputProblem {
  /** The file that was read, if any. */
  readonly file?: string;
  /** The field, option or position inside the file, e.g. `measurements[3].step`. */
  readonly field?: string;
  /** The offending value as given; long values are shortened in the message. */
  readonly value?: unknown;
  /** What is allowed, as a phrase, e.g. `a positive integer`. */
  readonly allowed: string;
}

/**
 * Input that cannot be used: a damaged file, an option out of range, data that contradict their own header.
 * The message is one line of bounded length without control characters, whatever the parts of the problem hold; the
 * command line prints it and exits with code 2.
 *
 * @example
 * throw new InputError({ file: 'run.json', field: 'measurements[3].step', value: 10, allowed: 'a step above 15' });
 * // run.json: measurements[3].step is 10; allowed: a step above 15
 */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly problem: InputProblem;

  constructor(problem: InputProblem) {
    super(describeProblem(problem));
    this.problem = problem;
  }
}

/** Longest parts of a message, in characters; what is allowed may be a list of names. */
const longestFile = 300;
const longestField = 160;
const longestAllowed = 1000;

function describeProblem({ file, field, value, allowed }: InputProblem): string {
  const place = file === undefined ? '' : `${plainLine(file, longestFile)}: `;
  const given = value === undefined ? '' : ` is ${quote(value)}`;
  const subject =
    field === undefined
      ? given === ''
        ? ''
        : `value${given}; `
      : `${plainLine(field, longestField)}${given}; `;
  return `${place}${subject}allowed: ${plainLine(allowed, longestAllowed)}`;
}
