import { createHash, createHmac } from 'node:crypto';

/**
 * The SHA-256 of some parts one after another, as 64 lower-case hexadecimal digits.
 *
 * @example
 * sha256(new Uint8Array()); // 'e3b0c44298fc1c14…'
 */
export function sha256(...parts: readonly Uint8Array[]): string {
  const running = new RunningSha256();
  for (const part of parts) running.update(part);
  return running.digest();
}

/** What only who has the secret can say of these bytes: their HMAC with SHA-256 (RFC 2104), as 64 lower-case hexadecimal digits. */
export function hmacSha256(secret: Uint8Array, bytes: Uint8Array): string {
  return createHmac('sha256', secret).update(bytes).digest('hex');
}

/** A SHA-256 of bytes that come piece by piece; the digest so far can be had at any time. */
export class RunningSha256 {
  readonly #hash = createHash('sha256');

  update(bytes: Uint8Array): void {
    this.#hash.update(bytes);
  }

  digest(): string {
    return this.#hash.copy().digest('hex');
  }
}
