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
  const numbers = new Float32Array(count);
  const bits = new Uint32Array(numbers.buffer);
  let turned = 0;
  for (let i = 0; i < count; i++) {
    const unsigned =
      planes[i] | (planes[count + i] << 8) | (planes[2 * count + i] << 16) | (planes[3 * count + i] << 24);
    turned = (turned + ((unsigned >>> 1) ^ -(unsigned & 1))) | 0;
    bits[i] = (turned << 7) | (turned >>> 25);
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
