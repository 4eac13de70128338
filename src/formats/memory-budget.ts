import { InputError } from '../errors/input-error.ts';

/** Bytes that reading may take for each byte of content, and beside that. */
const perByte = 4;
const free = 2 ** 20;

/** Most bytes that reading `contentBytes` bytes may take beyond the content itself. */
export function memoryAllowance(contentBytes: number): number {
  return perByte * contentBytes + free;
}

/** Fewest bytes of content that warrant so many, of memory. */
export function contentFor(bytes: number): number {
  return Math.max(0, Math.ceil((bytes - free) / perByte));
}

/**
 * What reading one file may still take: four times its content and 1 MiB. A file that unfolds to more than its size
 * warrants is refused before the memory is taken, whatever trick it uses. A compressed file's content grows as it is
 * really inflated.
 */
export class MemoryBudget {
  readonly #file: string | undefined;
  #content: number;
  #taken = 0;

  /** @param contentBytes size of the file; @param file its name, for messages. */
  constructor(contentBytes: number, file?: string) {
    this.#content = contentBytes;
    this.#file = file;
  }

  /** Counts content that was inflated from the file. */
  grow(contentBytes: number): void {
    this.#content += contentBytes;
  }

  /**
   * Counts memory that is about to be taken.
   *
   * @param bytes may be an estimate, not below what will be taken.
   * @param field what takes it, for the message.
   * @throws InputError where the file does not warrant it.
   */
  take(bytes: number, field: string): void {
    this.#taken += bytes;
    const allowed = memoryAllowance(this.#content);
    // Not `>`: a count that is NaN must not pass.
    if (this.#taken <= allowed) return;
    throw new InputError({
      file: this.#file,
      field,
      value: `${this.#taken} bytes of memory in all`,
      allowed: `at most ${allowed}, for ${this.#content} bytes of content`,
    });
  }
}
