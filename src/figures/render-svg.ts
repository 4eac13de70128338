import * as vega from 'vega';
import { plainText } from '../errors/plain-text.ts';
import { compiledFigure } from './compiled-figure.ts';
import { fittedView } from './fitted-view.ts';
import { inStyle } from './in-style.ts';
import { type StyleName, styles } from './styles.ts';
import { textWidth } from './text-width.ts';
import type { FigureSpec } from './types.ts';
import { giveBackView } from './views-again.ts';

interface TextItem {
  readonly font?: string;
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
}

// Vega guesses 0.8 em a character where it has no canvas; real widths keep axis titles and legends in place.
const { textMetrics } = vega as unknown as {
  textMetrics: { width: (item: TextItem, text?: string) => number };
};
const widenings = new Map(Object.values(styles).map(({ font, widening }) => [font, widening]));
textMetrics.width = (item, text) =>
  (widenings.get(item.font ?? '') ?? 1) *
  textWidth(
    String(text ?? ''),
    item.fontSize ?? 11,
    item.fontWeight === 'bold' || Number(item.fontWeight) >= 600,
  );

export interface DrawingOptions {
  /** How it looks. */
  readonly style?: StyleName;
}

/**
 * Draws a chart as a standalone SVG document. Deterministic: the same specification gives the same bytes. It is valid XML,
 * whatever names stand in the chart: characters that XML 1.0 forbids are shown as U+FFFD.
 *
 * @example
 * const svg = await renderSvg(spec, { style: 'academic' }); // spec as every figure's function returns it
 */
export async function renderSvg(
  spec: FigureSpec,
  { style = 'default' }: DrawingOptions = {},
): Promise<string> {
  const look = styles[style];
  const figure = compiledFigure(inStyle(spec, look), look);
  const view = await fittedView(figure, look);
  // Clip paths and gradients are numbered by a global counter; each drawing starts it anew.
  vega.resetSVGDefIds();
  const svg = plainText(await view.toSVG());
  giveBackView(view, figure);
  return svg;
}
