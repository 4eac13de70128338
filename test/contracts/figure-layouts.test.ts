import { describe, expect, it } from 'vitest';
import { renderSvg } from '../../src/figures/render-svg.ts';
import { styleNames, styles } from '../../src/figures/styles.ts';
import { everyFigure } from '../figures/every-figure.ts';
import { cutTexts, overlaps, sizeOf, textBoxes } from '../figures/text-boxes.ts';

/** What every figure keeps in every style, a new one too: it can be read, alone on a page and in a column of a paper. */

/** A column of a two-column page. */
const COLUMN_IN_POINTS = (84 / 25.4) * 72;
/** Journals ask for 5 to 7 points. */
const LEAST_POINTS = 5;

describe.each(styleNames)('in the style %s', (style) => {
  const { widening, width: most, font, small } = styles[style];

  describe.each([...everyFigure])('the figure %s', (_, spec) => {
    it('has texts that are whole, apart, and large enough in a column of 84 mm', async () => {
      const svg = await renderSvg(spec, { style });
      const { width } = sizeOf(svg);
      const boxes = textBoxes(svg, widening);
      expect(boxes.length).toBeGreaterThan(0);
      expect(overlaps(boxes).map(([a, b]) => `${a.text} over ${b.text}`)).toEqual([]);
      expect(cutTexts(svg, boxes).map(({ text }) => text)).toEqual([]);
      expect(width).toBeLessThanOrEqual(most + 1);
      const smallest = Math.min(...boxes.map(({ fontSize }) => fontSize));
      expect(smallest).toBeGreaterThanOrEqual(small - 0.01);
      expect((smallest / width) * COLUMN_IN_POINTS).toBeGreaterThanOrEqual(LEAST_POINTS);
      expect(new Set([...svg.matchAll(/font-family="([^"]*)"/g)].map(([, family]) => family))).toEqual(
        new Set([font]),
      );
    });
  });
});
