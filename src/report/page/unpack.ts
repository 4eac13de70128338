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
  const written = new DataView(new ArrayBuffer(4));
  const numbers = Float32Array.from({ length: count }, (_, i) => {
    for (let plane = 0; plane < 4; plane++) written.setUint8(plane, planes[plane * count + i]);
    return written.getFloat32(0, true);
  });
  return { value: JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as T, numbers };
}

/** Bytes from raw DEFLATE in base64. */
async function inflate(packed: string): Promise<Uint8Array> {
  const bytes = Uint8Array.from(atob(packed), (sign) => sign.charCodeAt(0));
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(inflated).arrayBuffer());
}
