import { base64 } from '../figures/base64.ts';
import { html, type Markup } from './markup.ts';

/** A figure as an image: nothing in an image can run, and its internal names cannot meet another figure's. */
export function svgFigure(
  svg: string,
  { title, caption, id }: { readonly title: string; readonly caption: string; readonly id?: string },
): Markup {
  const [width, height] = (/viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? ['', '', '']).slice(1);
  return html`<figure${id === undefined ? null : html` id="${id}"`}><img alt="${title}. ${caption}" width="${width}" height="${height}" decoding="async" src="data:image/svg+xml;base64,${base64(new TextEncoder().encode(svg))}"><figcaption>${caption}</figcaption></figure>
`;
}
