import { html, type Markup } from './markup.ts';

/** Where the page's script puts one chart for any runs and layers; see `page/compare`. */
export function compareSection(): Markup {
  return html`<section aria-labelledby="compare"><h2 id="compare">Compare runs</h2>
<p class="muted">Any runs and layers in one chart. What is chosen stands in the page's address: a copied link shows the same.</p>
<noscript><p>The chart needs the page's script. What it draws lies beside the page as files: <code>figures/</code> and <code>tables/</code>.</p></noscript>
<div id="compare-runs"></div></section>
`;
}
