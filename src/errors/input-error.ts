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
 * The message is one line; the command line prints it and exits with code 2.
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

function describeProblem({ file, field, value, allowed }: InputProblem): string {
  const place = file === undefined ? '' : `${oneLine(file)}: `;
  const given = value === undefined ? '' : ` is ${shorten(value)}`;
  const subject =
    field === undefined ? (given === '' ? '' : `value${given}; `) : `${oneLine(field)}${given}; `;
  return `${place}${subject}allowed: ${allowed}`;
}

function shorten(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : oneLine(String(value));
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** Control characters from a hostile file must not reach the terminal. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is the purpose
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
}
