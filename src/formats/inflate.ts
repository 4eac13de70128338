import { gunzipSync, inflateRawSync } from 'node:zlib';
import { InputError } from '../errors/input-error.ts';

/** Where compressed data come from and what they may become. */
export interface InflateOptions {
  readonly file?: string;
  /** What is inflated, for the message. */
  readonly field: string;
  /** Most bytes that may come out; the rest is never made. */
  readonly limit: number;
}

/**
 * Inflates raw deflate data (RFC 1951), as zip archives hold them. Memory is taken as bytes really come out, whatever an
 * archive claims: the platform's zlib is the one decoder here that stops at a limit.
 *
 * @throws InputError where the data are damaged, or more than `limit` bytes.
 */
export function inflateRaw(bytes: Uint8Array, options: InflateOptions): Uint8Array {
  return bounded(inflateRawSync, bytes, options);
}

/** The same of a gzip file (RFC 1952), all of its members. */
export function gunzip(bytes: Uint8Array, options: InflateOptions): Uint8Array {
  return bounded(gunzipSync, bytes, options);
}

/** No deflated byte becomes more than 1,032. */
const mostExpansion = 1032;
const chunk = { least: 64, most: 2 ** 16 };

function bounded(
  inflate: (bytes: Uint8Array, options: { maxOutputLength: number; chunkSize: number }) => Uint8Array,
  bytes: Uint8Array,
  { file, field, limit }: InflateOptions,
): Uint8Array {
  const most = Math.min(limit, mostExpansion * bytes.length);
  const chunkSize = Math.min(chunk.most, Math.max(chunk.least, most));
  try {
    const content = inflate(bytes, { maxOutputLength: Math.max(1, limit), chunkSize });
    // The last chunk is a part of a larger buffer, which a view of it would keep.
    return content.length < content.buffer.byteLength
      ? new Uint8Array(content)
      : new Uint8Array(content.buffer);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const tooLong = code === 'ERR_BUFFER_TOO_LARGE';
    const allowed = tooLong ? `at most ${limit} bytes when unzipped` : 'undamaged compressed data';
    throw new InputError({ file, field, value: message, allowed });
  }
}
