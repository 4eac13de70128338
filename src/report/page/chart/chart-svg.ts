import { linesWithin } from '../../../figures/lines-within.ts';
import { FACE } from '../../../figures/page/face.ts';
import { textWidth } from '../../../figures/text-width.ts';
import { INK, PAPER } from '../../../figures/theme.ts';
import { html, type Markup, trusted } from '../../markup.ts';
import { axisTicks } from './axis-scale.ts';
import type { ChartContent, ColorGroup } from './curve.ts';
import { drawCurves, type Frame, mappings } from './draw-curves.ts';
import { svgPen, tenth } from './pen.ts';
import { type Plotted, viewOf } from './plotted.ts';

const [WIDTH, PLOT_HEIGHT] = [960, 440];
const [LEFT, RIGHT, LINE_HEIGHT, FONT_SIZE] = [64, 16, 19, 13];
const GRID = '#d9d9d4';

/**
 * What a chart shows as a picture of its own, on white paper: title, axes, curves, legend and how they were smoothed.
 *
 * @param range between which places along the axis of steps.
 */
export function chartSvg(content: ChartContent, all: Plotted, range: readonly [number, number]): string {
  const setting = { bold: true };
  const title = [
    linesWithin(content.subject, WIDTH - LEFT - RIGHT, { widening: 1, small: FONT_SIZE }, setting),
  ].flat();
  const frame: Frame = {
    left: LEFT,
    top: 16 + LINE_HEIGHT * title.length,
    width: WIDTH - LEFT - RIGHT,
    height: PLOT_HEIGHT,
  };
  const view = viewOf(all, range, frame.width);
  const { x, y } = mappings(view, frame);
  const bottom = frame.top + frame.height;
  const entries = legend(content.groups, bottom + 62);
  const note = content.smoothing > 1 ? smoothingNote(content.smoothing) : null;
  const height = entries.bottom + (note === null ? 8 : 8 + LINE_HEIGHT);
  const drawn: string[] = [];
  drawCurves(
    svgPen((element) => drawn.push(element)),
    content,
    all,
    view,
    frame,
    {
      scheme: 'light',
      paper: PAPER,
    },
  );
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="${FACE}" font-size="${FONT_SIZE}" fill="${INK}">
<title>${content.subject}</title>
<rect width="${WIDTH}" height="${height}" fill="${PAPER}"/>
${title.map((line, i) => html`<text x="${LEFT}" y="${18 + i * LINE_HEIGHT}" font-weight="bold">${line}</text>`)}
${axisTicks(all.values, view.y, frame.height, 24).map(
  ({ place, text }) =>
    html`<path stroke="${GRID}" d="M${LEFT} ${tenth(y(place))}h${frame.width}"/><text x="${LEFT - 6}" y="${tenth(y(place) + 4.5)}" text-anchor="end">${text}</text>`,
)}
${axisTicks(all.steps, view.x, frame.width, 44).map(
  ({ place, text }) =>
    html`<text x="${tenth(x(place))}" y="${bottom + 17}" text-anchor="middle">${text}</text>`,
)}
<text x="${LEFT + frame.width / 2}" y="${bottom + 38}" text-anchor="middle">Training step</text>
<text transform="translate(14 ${frame.top + frame.height / 2}) rotate(-90)" text-anchor="middle">${content.title}</text>
<svg x="${frame.left}" y="${frame.top}" width="${frame.width}" height="${frame.height}" viewBox="${frame.left} ${frame.top} ${frame.width} ${frame.height}">${trusted(drawn.join('\n'))}</svg>
${entries.markup}
${note === null ? null : html`<text x="${LEFT}" y="${entries.bottom + 8}">${note}</text>`}
</svg>
`.text;
}

/** How a chart's lines came about where they are not the measurements themselves. */
export function smoothingNote(width: number): string {
  return `Smoothed: centered mean of up to ${width} measurements, fewer near the ends; the measured curve stands faintly behind it.`;
}

function legend(
  groups: readonly ColorGroup[],
  top: number,
): { readonly markup: Markup[]; readonly bottom: number } {
  let [left, line] = [LEFT, top];
  const markup = groups.map(({ label, color, dash }) => {
    const width = 30 + textWidth(label, FONT_SIZE) + 18;
    if (left + width > WIDTH - RIGHT && left > LEFT) [left, line] = [LEFT, line + LINE_HEIGHT];
    const at = left;
    left += width;
    return html`<path stroke="${color.light}" stroke-width="2" stroke-dasharray="${dash.join(' ')}" d="M${tenth(at)} ${line - 4}h22"/><text x="${tenth(at + 28)}" y="${line}">${label}</text>
`;
  });
  return { markup, bottom: line + LINE_HEIGHT };
}
