import { Resvg } from '@resvg/resvg-js';
import { fontFiles } from './font-files.ts';

/** Resolution of SVG user units in print, by definition of the CSS pixel. */
const CSS_DPI = 96;

/**
 * Rasterizes a figure. System fonts are not consulted, so that a machine's fonts cannot change the picture.
 *
 * @param dpi pixels per inch of the printed figure; default 300
 * @example
 * const png = renderPng(await renderSvg(spec), { dpi: 150 });
 */
export function renderPng(svg: string, { dpi = 300 }: { readonly dpi?: number } = {}): Uint8Array {
  const font = {
    loadSystemFonts: false,
    fontFiles: fontFiles(),
    defaultFontFamily: 'DejaVu Serif',
    serifFamily: 'DejaVu Serif',
  };
  // resvg knows `optimizeSpeed` for unsmoothed images, and falls back to smoothing where `pixelated` follows it.
  const crisp = svg.replaceAll('image-rendering: pixelated;', '');
  return new Resvg(crisp, { font, fitTo: { mode: 'zoom', value: dpi / CSS_DPI } }).render().asPng();
}
