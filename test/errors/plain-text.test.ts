import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainJson, plainLine, plainText } from '../../src/errors/plain-text.ts';

/** One of every kind: ESC, BEL, NUL, CR, DEL, CSI of C1, bidi override and isolate, line separator, half a pair, a tag. */
const acting = ['\u001b', '\u0007', '\0', '\r', '\u007f', '\u009b', '\u202e', '\u2066', '\u2028', '\ud800'];
const others = ['\udc00', '\ufff9', '\uffff', '\u{e0041}'];

describe('plain text', () => {
  it.each([...acting, ...others])('shows %j instead of letting it act', (character) => {
    expect(plainText(`a${character}b`)).toBe('a\ufffdb');
  });

  it('keeps everything that is merely shown, tabs and line feeds among it', () => {
    const text = 'Füße\t× 10⁻³\n日本 שלום 🙂 σ₁ – “x”';
    expect(plainText(text)).toBe(text);
  });

  it('holds no control character, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(plainText(text)).not.toMatch(/(?![\t\n])\p{Cc}|\p{Cs}|[\u202a-\u202e]/u);
        expect(plainLine(text)).not.toMatch(/\p{Cc}|\p{Cs}|[\u2028-\u202e]/u);
      }),
    );
  });
});

describe('a plain line', () => {
  it('neither breaks nor begins a line', () => {
    expect(plainLine('name\r\nrankscope: all is well\t.')).toBe('name rankscope: all is well .');
  });

  it('is cut where it is too long', () => {
    expect(plainLine('x'.repeat(1e6), 10)).toBe('xxxxxxxxx…');
  });
});

describe('plain JSON', () => {
  it('reads back to the same value, lone surrogates too', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const value = { [text]: [text, ...acting, ...others] };
        const json = plainJson(JSON.stringify(value, null, 2));
        expect(JSON.parse(json)).toEqual(value);
        expect(json).not.toMatch(/(?!\n)\p{Cc}|\p{Cs}|[\u2028-\u202e]/u);
      }),
    );
  });
});
