import { describe, expect, it } from 'vitest';
import { renderPng } from '../../src/figures/render-png.ts';
import { renderSvg } from '../../src/figures/render-svg.ts';
import { exampleFigures } from './example-figures.ts';

const document = (content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="48" viewBox="0 0 96 48"><rect width="96" height="48" fill="white"/>${content}</svg>`;
const text = (letters: string): string =>
  document(
    `<text x="8" y="30" font-size="20px" font-family="'DejaVu Serif Condensed', serif">${letters}</text>`,
  );
const width = (png: Uint8Array): number => new DataView(png.buffer, png.byteOffset).getUint32(16);

describe('renderPng', () => {
  it('draws 96 user units as one inch', () => {
    expect(width(renderPng(document('')))).toBe(300);
    expect(width(renderPng(document(''), { dpi: 96 }))).toBe(96);
  });

  it('draws text with the shipped font, without any font of the machine', () => {
    const blank = renderPng(document(''));
    expect(renderPng(text('A'))).not.toEqual(blank);
    expect(renderPng(text('A'))).not.toEqual(renderPng(text('B')));
  });

  it('draws the same bytes again', async () => {
    const svg = await renderSvg(exampleFigures['heatmap-absolute']);
    expect(renderPng(svg, { dpi: 96 })).toEqual(renderPng(svg, { dpi: 96 }));
  });

  it('does not smooth a heatmap: neighboring layers keep their own colors', async () => {
    const svg = await renderSvg(exampleFigures['heatmap-absolute']);
    expect(renderPng(svg, { dpi: 96 })).not.toEqual(
      renderPng(svg.replaceAll('image-rendering: optimizeSpeed;', 'image-rendering: optimizeQuality;'), {
        dpi: 96,
      }),
    );
  });
});
