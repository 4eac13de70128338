import { InputError } from '../errors/input-error.ts';

/**
 * Text in UTF-8; a byte order mark is left out.
 *
 * @param allowed what the file should be, for the message.
 * @throws InputError where the bytes are not UTF-8.
 */
export function decodeUtf8(bytes: Uint8Array, file?: string, allowed = 'text'): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputError({ file, allowed: `${allowed} in UTF-8` });
  }
}
