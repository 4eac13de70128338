import { describe, expect, it } from 'vitest';
import { renderPng } from '../../src/figures/render-png.ts';
import { renderSvg } from '../../src/figures/render-svg.ts';
import { textWidth } from '../../src/figures/text-width.ts';
import { studyDashboard } from '../../src/findings/dashboard/dashboard.ts';
import { dashboardFigures, panelsLeftOut } from '../../src/report/dashboard-figures.ts';
import { exampleDashboard, partOfDashboard as part } from './example-dashboard.ts';
import { exampleStudy } from './example-study.ts';

const { analysis } = exampleStudy();
const figures = dashboardFigures(exampleDashboard);

describe('the panels of a dashboard', () => {
  it('are A to J; of what there is nothing to show there is no picture', () => {
    expect([...figures.values()].map(({ title }) => title[0]).join('')).toBe('ABCDEFGHIJ');
    expect(panelsLeftOut(exampleDashboard)).toEqual([]);
    expect(panelsLeftOut(part)).toEqual([
      'A. Order in which layers become stable',
      'G. Sizes',
      'H. Types',
      'I. Does the loss fall when layers are fast?',
    ]);
    expect([...dashboardFigures(part).values()].map(({ title }) => title[0]).join('')).toBe('BCDEFJ');
    expect(dashboardFigures(studyDashboard([], { ...analysis, runs: [], rates: [] })).size).toBe(0);
  });

  it('are of one size, so that they stand in line, at 300 dpi too', async () => {
    for (const [name, { spec }] of figures) {
      const svg = await renderSvg(spec);
      expect(svg, name).toContain('viewBox="0 0 350 250"');
      // Width in the PNG's header: 350 pixels of 1/96 inch at 300 dpi.
      const png = renderPng(svg);
      expect(
        Math.abs(new DataView(png.buffer, png.byteOffset).getUint32(16) - (350 * 300) / 96),
        name,
      ).toBeLessThan(1);
      expect(svg, name).not.toMatch(/NaN|undefined|Infinity/);
    }
  });

  it('have titles that fit in their width, a reserve for other fonts included', () => {
    for (const { title } of figures.values())
      expect(textWidth(title, 13.7, true), title).toBeLessThan(0.95 * 334);
  });

  it('say in their captions what they show, of how many, by which test and against what', () => {
    const caption = (letter: string): string =>
      [...figures.values()].find(({ title }) => title.startsWith(letter))?.caption ?? '';
    expect(caption('A')).toMatch(
      /^Bottom-up in 2 and not determined in 1 of 3 runs\. Kendall’s τ .*null: depth plays no part/,
    );
    expect(caption('B')).toMatch(
      /n = \d+ jumps and fast stretches in 6 described layers; exact Poisson 95 % intervals/,
    );
    expect(caption('D')).toContain(
      'Of the runs that could be tested: cnn 1 of 1 and mlp 2 of 2. Null: each layer shifted',
    );
    expect(caption('I')).toContain(
      'In 1 of 2 runs beyond chance, not corrected for their number (about 0.1 expected',
    );
  });
});
