import { deflateSync } from 'fflate';
import { base64 } from '../figures/base64.ts';

/*
 * What the page holds but shows only when asked for lies in it compressed; `page/unpack.ts` reads it. By fflate, as images
 * are: the same bytes whatever version of Node has written the page.
 */

/**
 * A value of JSON and numbers in single precision for `unpackWithNumbers`. The first bytes of all numbers stand together, then the
 * second, and so on: neighbors in a curve have like signs and exponents, which so compress to half.
 *
 * @example
 * packWithNumbers({ id: 'a' }, Float32Array.of(1, 2.5)).length < 100; // true
 */
export function packWithNumbers(value: unknown, numbers: Float32Array): string {
  const json = new TextEncoder().encode(JSON.stringify(value));
  const bytes = new Uint8Array(8 + json.length + 4 * numbers.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, json.length, true);
  view.setUint32(4, numbers.length, true);
  bytes.set(json, 8);
  const written = new DataView(new ArrayBuffer(4));
  const planes = bytes.subarray(8 + json.length);
  for (const [i, number] of numbers.entries()) {
    written.setFloat32(0, number, true);
    for (let plane = 0; plane < 4; plane++) planes[plane * numbers.length + i] = written.getUint8(plane);
  }
  return base64(deflateSync(bytes, { level: 9 }));
}
