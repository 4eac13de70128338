import type { TestedHypotheses } from '../hypotheses/types.ts';
import { findingsTable, verdictLines } from './findings-section.ts';
import { html, type Markup } from './markup.ts';

/** What became of the hypotheses: those that were tested as a table, and what the others need. */
export function hypothesesSection({ findings, correction, seriesId, alpha }: TestedHypotheses): Markup {
  const tested = findings.filter(({ effect }) => effect !== null);
  const others = findings.filter(({ effect }) => effect === null);
  return html`<section aria-labelledby="hypotheses"><h2 id="hypotheses">Hypotheses</h2>
<p>${verdictLines(findings).join(', ')}; changes are those of ${seriesId}; ${correction}.</p>
${tested.length === 0 ? null : findingsTable('Hypotheses', tested, alpha)}
${
  others.length === 0
    ? null
    : html`<details><summary>What the other ${others.length} need</summary>
<dl>${others.map(({ claim, reason }) => html`<dt>${claim}</dt><dd>${reason}</dd>`)}</dl></details>`
}</section>`;
}
