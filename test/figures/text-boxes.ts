import { textWidth } from '../../src/figures/text-width.ts';

/** A line of text in a drawing, where it stands in the drawing's own units. */
export interface TextBox {
  readonly text: string;
  readonly fontSize: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Of letters above and below the line, in em: what is drawn, not the line's leading. */
const ASCENT = 0.74;
const DESCENT = 0.2;

type Matrix = readonly [number, number, number, number, number, number];

const times = (m: Matrix, n: Matrix): Matrix => [
  m[0] * n[0] + m[2] * n[1],
  m[1] * n[0] + m[3] * n[1],
  m[0] * n[2] + m[2] * n[3],
  m[1] * n[2] + m[3] * n[3],
  m[0] * n[4] + m[2] * n[5] + m[4],
  m[1] * n[4] + m[3] * n[5] + m[5],
];

/** Of a `transform` as Vega writes it: translations, rotations and scales. */
function matrixOf(transform: string | undefined): Matrix {
  let matrix: Matrix = [1, 0, 0, 1, 0, 0];
  for (const [, name, list] of (transform ?? '').matchAll(/(\w+)\(([^)]*)\)/g)) {
    const values = list.split(/[ ,]+/).map(Number);
    if (name === 'translate') matrix = times(matrix, [1, 0, 0, 1, values[0], values[1] ?? 0]);
    else if (name === 'scale') matrix = times(matrix, [values[0], 0, 0, values[1] ?? values[0], 0, 0]);
    else if (name === 'rotate') {
      const angle = (values[0] * Math.PI) / 180;
      matrix = times(matrix, [Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0]);
    } else throw new Error(`a transform of another kind: ${name}`);
  }
  return matrix;
}

const plain = (text: string): string =>
  text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');

/**
 * Every line of text that a drawing shows.
 *
 * @param widening width of its font by that of the condensed one.
 */
export function textBoxes(svg: string, widening = 1): TextBox[] {
  const boxes: TextBox[] = [];
  const stack: { readonly matrix: Matrix; readonly hidden: boolean }[] = [
    { matrix: [1, 0, 0, 1, 0, 0], hidden: false },
  ];
  for (const part of svg.matchAll(
    /<(\/?)(svg|g)\b([^>]*?)(\/?)>|<text\b([^>]*?)(?:\/>|>([\s\S]*?)<\/text>)/g,
  )) {
    const [, closing, name, attributes, selfClosing, own, content] = part;
    if (name !== undefined) {
      if (closing) stack.pop();
      else if (!selfClosing) {
        const transform = /\btransform="([^"]*)"/.exec(attributes)?.[1];
        const above = stack[stack.length - 1];
        stack.push({
          matrix: times(above.matrix, matrixOf(transform)),
          hidden: above.hidden || /\bopacity="0"/.test(attributes),
        });
      }
      continue;
    }
    const { matrix: outer, hidden } = stack[stack.length - 1];
    // Nothing stands in a text that is closed at once.
    if (hidden || content === undefined || /\bopacity="0"/.test(own)) continue;
    const of = (key: string): string | undefined => new RegExp(`\\b${key}="([^"]*)"`).exec(own)?.[1];
    const fontSize = Number.parseFloat(of('font-size') ?? '11');
    const isBold = of('font-weight') === 'bold';
    const anchor = of('text-anchor') ?? 'start';
    const matrix = times(outer, matrixOf(of('transform')));
    const lines = content.includes('<tspan')
      ? [...content.matchAll(/<tspan\b([^>]*)>([\s\S]*?)<\/tspan>/g)].map(([, spot, text]) => ({
          text: plain(text),
          dy: Number.parseFloat(/\bdy="([^"]*)"/.exec(spot)?.[1] ?? '0'),
        }))
      : [{ text: plain(content), dy: 0 }];
    let y = 0;
    for (const { text, dy } of lines) {
      y += dy;
      if (text.trim() === '') continue;
      const width = widening * textWidth(text, fontSize, isBold);
      const x = anchor === 'end' ? -width : anchor === 'middle' ? -width / 2 : 0;
      const corners = [
        [x, y - ASCENT * fontSize],
        [x + width, y + DESCENT * fontSize],
        [x, y + DESCENT * fontSize],
        [x + width, y - ASCENT * fontSize],
      ].map(([u, v]) => times(matrix, [1, 0, 0, 1, u, v]).slice(4));
      boxes.push({
        ...{ text, fontSize: fontSize * Math.hypot(matrix[0], matrix[1]) },
        ...{ left: Math.min(...corners.map(([u]) => u)), right: Math.max(...corners.map(([u]) => u)) },
        ...{ top: Math.min(...corners.map(([, v]) => v)), bottom: Math.max(...corners.map(([, v]) => v)) },
      });
    }
  }
  return boxes;
}

/** Pairs of texts that write over each other, by more than rounding. */
export function overlaps(boxes: readonly TextBox[], tolerance = 1): [TextBox, TextBox][] {
  return boxes.flatMap((a, i) =>
    boxes
      .slice(i + 1)
      .filter(
        (b) =>
          Math.min(a.right, b.right) - Math.max(a.left, b.left) > tolerance &&
          Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > tolerance,
      )
      .map((b): [TextBox, TextBox] => [a, b]),
  );
}

/** Width and height of a drawing. */
export function sizeOf(svg: string): { readonly width: number; readonly height: number } {
  const [width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)!.slice(1).map(Number);
  return { width, height };
}

/** Texts of which a part lies outside the drawing. */
export function cutTexts(svg: string, boxes: readonly TextBox[], tolerance = 1): TextBox[] {
  const { width, height } = sizeOf(svg);
  return boxes.filter(
    ({ left, right, top, bottom }) =>
      left < -tolerance || top < -tolerance || right > width + tolerance || bottom > height + tolerance,
  );
}
