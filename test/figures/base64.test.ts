import fc from 'fast-check';
import { expect, it } from 'vitest';
import { base64 } from '../../src/figures/base64.ts';

it('base64 writes bytes so that a browser reads them back, and of a part of a buffer that part alone', () => {
  const read = (text: string): number[] => Array.from(atob(text), (one) => one.charCodeAt(0));
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(read(base64(bytes))).toEqual([...bytes]);
      expect(base64(bytes.subarray(2, 9))).toBe(base64(bytes.slice(2, 9)));
    }),
  );
  expect(base64(Uint8Array.of(77, 97))).toBe('TWE=');
});
