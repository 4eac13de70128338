import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TextLine, TextLines, textLines } from '../../src/formats/text-lines.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [0, ...places.toSorted((a, b) => a - b), bytes.length];
  return ends.slice(1).map((end, i) => bytes.slice(ends[i], end));
}

describe('the lines of a text', () => {
  it('end in LF, CR LF or CR; the last may have no end', () => {
    expect([...textLines([bytesOf('\uFEFFa\r\n\r\nb\rc\n\nd')])]).toEqual(
      ['a', '', 'b', 'c', '', 'd'].map((text, i): TextLine => ({ number: i + 1, text, ended: text !== 'd' })),
    );
  });

  it('are the same wherever its bytes are parted', () => {
    const part = fc.constantFrom('a', 'bc,1', 'é', '𝄞', '\r\n', '\r\n', '\n', '\r', ' ');
    fc.assert(
      fc.property(fc.array(part), fc.array(fc.nat(40)), (parts, places) => {
        const text = parts.join('');
        const bytes = bytesOf(text);
        const lines = text.split(/\r\n|\r|\n/).filter((line, i, all) => i < all.length - 1 || line !== '');
        const read = [
          ...textLines(
            cut(
              bytes,
              places.filter((place) => place < bytes.length),
            ),
          ),
        ];
        expect(read.map((line) => line.text)).toEqual(lines);
        expect(read.map(({ number }) => number)).toEqual(lines.map((_, i) => i + 1));
      }),
    );
  });

  it('can be read by others where they stand, which pass over them', () => {
    const lines = new TextLines([bytesOf('a\nbc\nd\n')]);
    expect(lines.next()).toEqual({ number: 1, text: 'a', ended: true });
    expect(lines.bytes![lines.at]).toBe('b'.charCodeAt(0));
    lines.passTo(lines.at + 3);
    expect(lines.next()).toEqual({ number: 3, text: 'd', ended: true });
    expect(lines.next()).toBeNull();
  });

  it('have no bytes at the places of their characters where these are others than ASCII', () => {
    const pieces = [
      bytesOf('a\n'),
      bytesOf('é\nb\n').subarray(0, 1),
      bytesOf('é\nb\n').subarray(1),
      bytesOf('c\n'),
    ];
    const lines = new TextLines(pieces);
    const withBytes: string[] = [];
    for (let line = lines.next(); line !== null; line = lines.next()) {
      if (lines.bytes !== null) withBytes.push(line.text);
    }
    expect(withBytes).toEqual(['a', 'c']);
  });
});
