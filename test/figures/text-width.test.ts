import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fontFiles } from '../../src/figures/font-files.ts';
import { styles } from '../../src/figures/styles.ts';
import { textWidth } from '../../src/figures/text-width.ts';

/** Advance widths as the shipped font has them: OpenType tables `cmap` (format 4) and `hmtx`. */
function fontAdvances(path: string): (character: string) => number {
  const font = readFileSync(path);
  const table = (tag: string): number => {
    for (let i = 0; i < font.readUInt16BE(4); i++) {
      if (font.toString('latin1', 12 + 16 * i, 16 + 16 * i) === tag) return font.readUInt32BE(20 + 16 * i);
    }
    throw new Error(`no table ${tag}`);
  };
  const cmap = table('cmap');
  const hmtx = table('hmtx');
  const encodings = Array.from(
    { length: font.readUInt16BE(cmap + 2) },
    (_, i) => cmap + font.readUInt32BE(cmap + 8 + 8 * i),
  );
  const map = encodings.find((at) => font.readUInt16BE(at) === 4)!;
  const segments = font.readUInt16BE(map + 6) / 2;
  return (character) => {
    const code = character.codePointAt(0)!;
    for (let i = 0; i < segments; i++) {
      if (code > font.readUInt16BE(map + 14 + 2 * i)) continue;
      const start = map + 16 + 2 * segments + 2 * i;
      const first = font.readUInt16BE(start);
      const delta = font.readUInt16BE(start + 2 * segments);
      const offsetAt = start + 4 * segments;
      const offset = font.readUInt16BE(offsetAt);
      const glyph =
        offset === 0 ? (code + delta) & 0xffff : font.readUInt16BE(offsetAt + offset + 2 * (code - first));
      return font.readUInt16BE(hmtx + 4 * glyph);
    }
    throw new Error(`the font lacks ${character}`);
  };
}

describe('textWidth', () => {
  const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));

  it('knows the shipped font’s advance of every ASCII character', () => {
    const advance = fontAdvances(fontFiles(styles.default.files)[0]);
    for (const character of ascii) expect(textWidth(character, 2048), character).toBe(advance(character));
  });

  it('knows how much wider every style’s letters are', () => {
    for (const { files, widening } of Object.values(styles)) {
      const advance = fontAdvances(fontFiles(files)[0]);
      for (const character of ascii) {
        // Advances are whole units of the font.
        expect(Math.abs(widening * textWidth(character, 2048) - advance(character)), character).toBeLessThan(
          1.2,
        );
      }
    }
  });

  it('adds up the characters in proportion to the font size', () => {
    expect(textWidth('layer 12', 14)).toBeCloseTo(
      [...'layer 12'].reduce((sum, character) => sum + textWidth(character, 14), 0),
      10,
    );
    expect(textWidth('x', 28)).toBeCloseTo(2 * textWidth('x', 14), 12);
  });

  it('sets bold text within 5 % of the bold face', () => {
    const advance = fontAdvances(fontFiles(styles.default.files)[1]);
    const text = 'Training loss of 55 runs: stable rank, layer by layer';
    const exact = [...text].reduce((sum, character) => sum + advance(character), 0);
    expect(textWidth(text, 2048, true) / exact).toBeGreaterThan(0.95);
    expect(textWidth(text, 2048, true) / exact).toBeLessThan(1.05);
  });

  it('gives characters outside ASCII a width', () => {
    expect(textWidth('σ', 10)).toBeGreaterThan(5);
  });
});
