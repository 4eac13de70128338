import { forBothSchemes } from './both-schemes.ts';
import { html, type Markup } from './markup.ts';

export interface FigureText {
  readonly title: string;
  /** What the figure shows, in words. */
  readonly caption: string;
  /** What it shows for readers who cannot see it, where the caption says less; the caption if absent. */
  readonly description?: string;
  /** How figures of its kind are read: said once over those that follow one another. */
  readonly reading?: string;
  /** For links to it. */
  readonly id?: string;
}

/** A figure as an image: nothing in an image can run, and its internal names cannot meet another figure's. */
export function figure(svg: string, { title, caption, description = caption, id }: FigureText): Markup {
  const [width, height] = (/viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? ['', '', '']).slice(1);
  return html`<figure${id === undefined ? null : html` id="${id}"`}><img alt="${title}. ${description}" width="${width}" height="${height}" decoding="async" loading="lazy" src="data:image/svg+xml,${encoded(forBothSchemes(withShortPaths(withoutRoles(svg))))}">${caption === '' ? null : html`<figcaption>${caption}</figcaption>`}</figure>
`;
}

/** Nobody reads roles inside an image: its words are beside it. */
function withoutRoles(svg: string): string {
  return svg.replace(/ (?:role="[^"<]*"|aria-[a-z]+="[^"<]*")/g, '');
}

/** Curves of hundreds of points take a quarter less when they are told to a twentieth of a pixel. */
export function withShortPaths(svg: string): string {
  return svg.replace(/ d="([^"]*)"/g, (_, path: string) => {
    const rounded = path.replace(/\d+\.\d{2,}/g, (number) => String(Math.round(Number(number) * 10) / 10));
    return ` d="${rounded}"`;
  });
}

/** As text, which compresses where base64 does not; what would end the address or the attribute is written as its code. */
function encoded(svg: string): string {
  return svg.replace(/[%#"'<>&\n\r\t]|[^ -~]+/g, (part) =>
    part.length === 1 && part <= '~'
      ? `%${part.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`
      : encodeURIComponent(part),
  );
}
