/** Bytes in base64 (RFC 4648). By Node: of a report's thousands of kilobytes a program's own loop takes a second. */
export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
