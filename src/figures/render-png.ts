import { Resvg } from '@resvg/resvg-js';
import { fontFiles } from './font-files.ts';
import { type FigureStyle, styles } from './styles.ts';

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
    fontFiles: fontFiles(styleOf(svg).files),
    defaultFontFamily: 'DejaVu Serif',
    serifFamily: 'DejaVu Serif',
  };
  // resvg knows `optimizeSpeed` for unsmoothed images, and falls back to smoothing where `pixelated` follows it.
  const crisp = svg.replaceAll('image-rendering: pixelated;', '');
  return new Resvg(crisp, { font, fitTo: { mode: 'zoom', value: dpi / CSS_DPI } }).render().asPng();
}

/**
 * The style that a drawing is set in, which its text names. Only that one's files are opened: the rasterizer takes faces of one
 * family for one another.
 */
function styleOf(svg: string): FigureStyle {
  return Object.values(styles).find(({ font }) => svg.includes(`font-family="${font}"`)) ?? styles.default;
}
