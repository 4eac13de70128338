import { expect, it } from 'vitest';
import { cutTexts, overlaps, textBoxes } from './text-boxes.ts';

const svg = (content: string): string => `<svg viewBox="0 0 100 60">${content}</svg>`;
const text = (x: number, y: number, letters: string, more = ''): string =>
  `<text transform="translate(${x},${y})${more}" font-size="10px" opacity="1">${letters}</text>`;

it('finds texts that write over each other or are cut, wherever groups and rotations put them', () => {
  const found = (content: string) => textBoxes(svg(content));
  expect(overlaps(found(text(10, 20, 'one') + text(15, 22, 'two')))).toHaveLength(1);
  expect(overlaps(found(text(10, 20, 'one') + text(10, 40, 'two')))).toHaveLength(0);
  expect(
    overlaps(found(`<g transform="translate(0,20)">${text(10, 20, 'one')}</g>${text(10, 40, 'two')}`)),
  ).toHaveLength(1);
  // Unseen ones count for nothing.
  expect(found(`<g opacity="0">${text(10, 20, 'one')}</g><text/>`)).toHaveLength(0);
  const [upright] = found(text(50, 50, 'Loss', ' rotate(-90)'));
  expect(upright.right - upright.left).toBeCloseTo(9.4, 6);
  expect(upright.bottom).toBeCloseTo(50, 6);
  const cut = (content: string) => cutTexts(svg(content), found(content)).map((box) => box.text);
  expect(cut(text(90, 20, 'wide') + text(10, 20, 'fits'))).toEqual(['wide']);
  expect(
    cut(
      `<text transform="translate(10,50)" font-size="10px"><tspan>a</tspan><tspan dy="20">below</tspan></text>`,
    ),
  ).toEqual(['below']);
});
