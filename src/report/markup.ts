import { plainText } from '../errors/plain-text.ts';

/** HTML that is safe to write out: made by `html`, or wrapped by `trusted` where its origin is this program. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/**
 * What may stand in an `html` template: everything but markup is escaped, characters that act rather than show are shown as
 * U+FFFD; null and undefined write nothing.
 */
export type Content = Markup | string | number | null | undefined | readonly Content[];

/**
 * A template whose values are escaped, in text and in quoted attributes alike.
 *
 * @example
 * html`<td title="${name}">${name}</td>`; // a name `<script>` is written `&lt;script&gt;`
 */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(strings.reduce((text, part, i) => text + render(values[i - 1]) + part));
}

/** A sentence in which what is to be typed stands between backticks. */
export function withCode(sentence: string): Content {
  return sentence.split('`').map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : part));
}

/** Markup that was written by this program and holds no input. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

function render(content: Content): string {
  if (content === null || content === undefined) return '';
  if (content instanceof Markup) return content.text;
  if (Array.isArray(content)) return content.map(render).join('');
  return escapeHtml(String(content));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return plainText(text).replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
