import type { MeasurementAdvice } from '../findings/measurement-advice.ts';
import type { Account, WhatHappened } from '../findings/what-happened.ts';
import { html, type Markup } from './markup.ts';

/** Accounts of more networks and conditions are folded. */
const MOST_OPEN = 4;
/** More runs than that have their sentences where each of them opens, and not here too. */
const MOST_SINGLE_RUNS = 12;

/**
 * The page's first section: what happened, in words and numbers, beside the figure that shows it.
 *
 * @param figure the lead figure; null where nothing could be described.
 */
export function happenedSection(
  { overSeeds, perRun, held }: WhatHappened,
  figure: Markup | null,
  advice: readonly MeasurementAdvice[],
): Markup {
  const grouped = new Set(overSeeds.flatMap(({ runs }) => runs));
  const single = perRun.filter(({ runs }) => !runs.some((run) => grouped.has(run)));
  const isMany = single.length > MOST_SINGLE_RUNS;
  const accounts = [...overSeeds, ...(isMany ? [] : single)];
  return html`<section aria-labeledby="happened"><h2 id="happened">What happened</h2>
<div class="lead"><div class="picture">${figure}</div><div>
${accounts.map((one) => account(one, accounts.length <= MOST_OPEN))}
${isMany ? html`<p>What each of ${single.length} ${overSeeds.length === 0 ? '' : 'further '}runs does stands in a sentence under <a href="#each-run">Run by run</a>.</p>` : null}
<p class="muted">${held.map((line) => `${line}.`).join(' ')} What wanders moved, but chance could have given its direction.</p>
</div></div>
${advice.length === 0 ? null : html`<h3>What to measure next</h3><ul>${advice.map(({ message }) => html`<li>${message}</li>`)}</ul>`}
</section>`;
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
