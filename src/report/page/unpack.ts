/* Reads what `packed.ts` has written. */

export interface WithNumbers<T> {
  readonly value: T;
  readonly numbers: Float32Array;
}

export async function unpackWithNumbers<T>(packed: string): Promise<WithNumbers<T>> {
  const bytes = await inflate(packed);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [length, count] = [view.getUint32(0, true), view.getUint32(4, true)];
  const planes = bytes.subarray(8 + length);
  // Byte by byte into their places: browsers run where the lowest byte stands first, as it does in the page.
  const numbers = new Float32Array(count);
  const written = new Uint8Array(numbers.buffer);
  for (let plane = 0; plane < 4; plane++) {
    const start = plane * count;
    for (let i = 0; i < count; i++) written[4 * i + plane] = planes[start + i];
  }
  return { value: JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as T, numbers };
}

/** Bytes from raw DEFLATE in base64. */
async function inflate(packed: string): Promise<Uint8Array> {
  const signs = atob(packed);
  const bytes = new Uint8Array(signs.length);
  for (let i = 0; i < signs.length; i++) bytes[i] = signs.charCodeAt(i);
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(inflated).arrayBuffer());
}
