import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { styles } from '../../src/figures/styles.ts';
import { exampleFigures } from './example-figures.ts';
import { sizeOf } from './text-boxes.ts';

/** The gallery (docs/gallery.md) shows every kind of figure, as `npm run gallery` drew it. */

interface Section {
  readonly title: string;
  readonly command: string;
  readonly figures: readonly {
    readonly name: string;
    readonly kind: string;
    readonly says: string;
    readonly example?: string;
  }[];
}

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'docs/images/gallery');
const page = readFileSync(join(root, 'docs/gallery.md'), 'utf8');
const sections: readonly Section[] = JSON.parse(
  readFileSync(join(root, 'packaging/gallery/entries.json'), 'utf8'),
);
const figures = sections.flatMap((section) => section.figures);
const files = readdirSync(folder);
const fileOf = (name: string): string =>
  files.find((file) => file.replace(/\.(svg|png)$/, '') === name) ?? '';

describe('the gallery', () => {
  it('shows every kind of figure that has an example', () => {
    const kinds = new Set(figures.map(({ kind }) => kind));
    for (const name of Object.keys(exampleFigures)) {
      expect(
        [...kinds].some((kind) => name === kind || name.startsWith(`${kind}-`)),
        name,
      ).toBe(true);
    }
  });

  it('says of each what it shows and which command makes it, and has a picture of it and no other', () => {
    expect(files.sort()).toEqual(figures.map(({ name }) => fileOf(name)).sort());
    for (const { command, figures: own } of sections) {
      expect(page).toContain(`\`${command}\``);
      for (const { name, says } of own)
        expect(page).toContain(`![${says}](images/gallery/${fileOf(name)})\n\n${says}`);
    }
  });

  it('is small: 80 kB a picture, 1.5 MB in all', () => {
    const sizes = files.map((file) => statSync(join(folder, file)).size);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(80_000);
    expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThan(1_500_000);
  });

  it('shows what the program draws now: examples byte for byte, and the others in the size and face of their style', () => {
    for (const { name, example } of figures) {
      const file = fileOf(name);
      if (!file.endsWith('.svg')) continue;
      const svg = readFileSync(join(folder, file), 'utf8');
      if (example !== undefined) {
        expect(svg, name).toBe(readFileSync(join(import.meta.dirname, 'golden', `${example}.svg`), 'utf8'));
      }
      const { font, width } = styles[name.startsWith('academic-') ? 'academic' : 'default'];
      expect(svg, name).toContain(`font-family="${font}"`);
      expect(sizeOf(svg).width, name).toBeLessThanOrEqual(width + 1);
    }
  });
});
