import * as vega from 'vega';
import { compile } from 'vega-lite';
import { plainText } from '../errors/plain-text.ts';
import { textWidth } from './text-width.ts';
import { THEME } from './theme.ts';
import type { FigureSpec } from './types.ts';

interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
}

// Vega guesses 0.8 em a character where it has no canvas; real widths keep axis titles and legends in place.
const { textMetrics } = vega as unknown as {
  textMetrics: { width: (item: TextItem, text?: string) => number };
};
textMetrics.width = (item, text) =>
  textWidth(
    String(text ?? ''),
    item.fontSize ?? 11,
    item.fontWeight === 'bold' || Number(item.fontWeight) >= 600,
  );

/** What a chart in the page may tell its makers; a warning here is a fault in a specification. */
const silent = vega.logger(vega.Error);

/**
 * Draws a chart as a standalone SVG document. Deterministic: the same specification gives the same bytes. It is valid XML,
 * whatever names stand in the chart: characters that XML 1.0 forbids are shown as U+FFFD.
 *
 * @example
 * const svg = await renderSvg(spec); // spec as every figure's function returns it
 */
export async function renderSvg(spec: FigureSpec): Promise<string> {
  // Clip paths and gradients are numbered by a global counter; each drawing starts it anew.
  vega.resetSVGDefIds();
  const { spec: compiled } = compile(spec, { config: THEME, logger: silent });
  const view = new vega.View(vega.parse(compiled), { renderer: 'none', logger: silent });
  try {
    return plainText(await view.toSVG());
  } finally {
    view.finalize();
  }
}
