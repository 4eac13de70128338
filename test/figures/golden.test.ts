import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderSvg } from '../../src/figures/render-svg.ts';
import { exampleFigures } from './example-figures.ts';

const golden = join(import.meta.dirname, 'golden');

describe('every kind of figure', () => {
  it('has no golden SVG without an example', () => {
    const names = Object.keys(exampleFigures).map((name) => `${name}.svg`);
    expect(readdirSync(golden).sort()).toEqual(names.sort());
  });

  for (const [name, spec] of Object.entries(exampleFigures)) {
    it(`draws ${name} as its golden SVG, byte for byte, whatever was drawn before`, async () => {
      await renderSvg(exampleFigures['heatmap-per-layer']);
      const svg = await renderSvg(spec);
      expect(await renderSvg(spec)).toBe(svg);
      await expect(svg).toMatchFileSnapshot(join(golden, `${name}.svg`));
    });
  }

  it('draws no text in another font than the shipped one and its fallbacks', async () => {
    for (const spec of Object.values(exampleFigures)) {
      const fonts = new Set(
        [...(await renderSvg(spec)).matchAll(/font-family="([^"]*)"/g)].map(([, font]) => font),
      );
      expect([...fonts]).toEqual([expect.stringMatching(/^'DejaVu Serif Condensed'/)]);
    }
  });
});
