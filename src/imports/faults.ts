import { InputError } from '../errors/input-error.ts';
import { quote } from '../errors/quote.ts';

/** A message has room for so many; of the rest it says how many they are. */
const mostListed = 12;

/**
 * Gathers what is wrong with a file, so that one message lists every fault with its place.
 *
 * @example
 * const faults = new Faults('log.csv');
 * faults.add('line 7', '3 cells', '4, as in the first row');
 * faults.refuse(); // InputError: log.csv: line 7 is "3 cells"; allowed: 4, as in the first row
 */
export class Faults {
  readonly #file: string;
  readonly #listed: { readonly field: string; readonly value: unknown; readonly allowed: string }[] = [];
  #count = 0;

  constructor(file: string) {
    this.#file = file;
  }

  get count(): number {
    return this.#count;
  }

  add(field: string, value: unknown, allowed: string): void {
    this.#count++;
    if (this.#listed.length < mostListed) this.#listed.push({ field, value, allowed });
  }

  /** @throws InputError if there was any fault. */
  refuse(): void {
    if (this.#count > 0) throw this.error();
  }

  error(): InputError {
    const [first, ...others] = this.#listed;
    if (others.length === 0) return new InputError({ file: this.#file, ...first });
    const places = this.#listed.map(({ field, value, allowed }) =>
      value === undefined ? `${field}: not ${allowed}` : `${field} is ${quote(value)}, not ${allowed}`,
    );
    const more = this.#count > places.length ? `; and ${this.#count - places.length} more` : '';
    return new InputError({
      file: this.#file,
      allowed: `a file without these ${this.#count} faults: ${places.join('; ')}${more}`,
    });
  }
}
