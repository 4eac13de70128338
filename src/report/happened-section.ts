import { inWords, type ScoredEvent } from '../findings/known-events.ts';
import type { MeasurementAdvice } from '../findings/measurement-advice.ts';
import type { Account, WhatHappened } from '../findings/what-happened.ts';
import { html, type Markup, withCode } from './markup.ts';

/** Accounts of more networks and conditions are folded. */
const MOST_OPEN = 4;
/** Of more than these the headline is said, and of their layers nothing. */
const MOST_TOLD = 12;
/** More runs than that have their sentences where each of them opens, and not here too. */
const MOST_SINGLE_RUNS = 12;

/** The page's first section; see `happenedContent`. */
export function happenedSection(
  what: WhatHappened,
  figure: Markup | null,
  advice: readonly MeasurementAdvice[],
  events: readonly ScoredEvent[] = [],
): Markup {
  const elsewhere = html`under <a href="#each-run">Run by run</a>`;
  return html`<section aria-labelledby="happened"><h2 id="happened">What happened</h2>
${happenedContent(what, figure, advice, { events, elsewhere })}
</section>`;
}

/**
 * What happened, in words and numbers, beside the figure that shows it.
 *
 * @param figure the lead figure; null where nothing could be described.
 * @param events what the user knows to have happened, and where it was found.
 * @param elsewhere where the sentences of runs stand if there are many of them; null if nowhere else.
 */
export function happenedContent(
  { overSeeds, perRun, held }: WhatHappened,
  figure: Markup | null,
  advice: readonly MeasurementAdvice[],
  {
    events = [],
    elsewhere = null,
  }: { readonly events?: readonly ScoredEvent[]; readonly elsewhere?: Markup | null } = {},
): Markup {
  const grouped = new Set(overSeeds.flatMap(({ runs }) => runs));
  const single = perRun.filter(({ runs }) => !runs.some((run) => grouped.has(run)));
  const isMany = elsewhere !== null && single.length > MOST_SINGLE_RUNS;
  const accounts = [...overSeeds, ...(isMany ? [] : single)];
  return html`<div class="lead"><div class="picture">${figure}</div><div>
${accounts.slice(0, MOST_TOLD).map((one) => account(one, accounts.length <= MOST_OPEN))}
${accounts.length > MOST_TOLD ? headlines(accounts.slice(MOST_TOLD)) : null}
${isMany ? html`<p>What each of ${single.length} ${overSeeds.length === 0 ? '' : 'further '}runs does stands in a sentence ${elsewhere}.</p>` : null}
<p class="muted">${held.map((line) => `${line}.`).join(' ')} What wanders moved, but chance could have given its direction.</p>
</div></div>
${events.length === 0 ? null : html`<h3>What is known to have happened</h3><ul>${events.map((event) => html`<li>${inWords(event)}.</li>`)}</ul>`}
${advice.length === 0 ? null : html`<h3>What to measure next</h3><ul>${advice.map(({ message }) => html`<li>${withCode(message)}</li>`)}</ul>`}`;
}

/** What further networks and conditions do, in a sentence each. */
function headlines(accounts: readonly Account[]): Markup {
  return html`<details><summary>${accounts.length} more</summary>
<ul>${accounts.map(({ title, headline }) => html`<li><strong>${title}</strong>: ${sentence(headline)}</li>`)}</ul></details>
`;
}

function account({ title, headline, layers }: Account, open: boolean): Markup {
  return html`<h3>${title}</h3><p>${sentence(headline)}</p>
<details${open ? html` open` : null}><summary>Layer by layer</summary><ul>${layers.map(
    ({ layer, does, stable }) =>
      html`<li><strong>${layer}</strong> ${does}.${stable === null ? null : html` <span class="muted">${sentence(stable)}</span>`}</li>`,
  )}</ul></details>
`;
}

/** With a capital, but where it begins with the name of a layer. */
function sentence(text: string): string {
  const word = /^(all|both|the|no|not|stable|range) /.test(text);
  return `${word ? text.charAt(0).toUpperCase() : text.charAt(0)}${text.slice(1)}.`;
}
