import { orderInWords } from '../dynamics/order-in-words.ts';
import type { RunSummary } from '../dynamics/run-summary.ts';
import { formatNumber, formatPercent } from '../wording/numbers.ts';
import { html, type Markup } from './markup.ts';

/** All runs in a table that the page's script makes sortable and filterable. */
export function runTable(summaries: Iterable<RunSummary>): Markup {
  return html`<section aria-labelledby="runs"><h2 id="runs">Runs</h2>
<form id="run-filters" class="controls" hidden>
${choice('family', 'Family', summaries)}${choice('architecture', 'Architecture', summaries)}${choice('dataset', 'Data set', summaries)}
<label>Text <input type="search" name="text"></label> <button type="reset">Show all</button>
<output id="run-count" aria-live="polite"></output></form>
<div class="scroll" role="region" aria-label="Table of runs" tabindex="0"><table id="run-table">
<thead><tr><th scope="col">Run</th><th scope="col">Family</th><th scope="col">Architecture</th><th scope="col">Data set</th>
<th scope="col" class="number">Seed</th><th scope="col" class="number">Parameters</th><th scope="col" class="number">Layers</th>
<th scope="col" class="number">Steps</th><th scope="col" class="number">Accuracy</th><th scope="col" class="number">Final loss</th>
<th scope="col" class="number">Layers that rise or fall</th><th scope="col" class="number">Jumps and fast stretches</th><th scope="col" class="number">Stabilized</th><th scope="col">Order of stabilization</th></tr></thead>
<tbody>${Array.from(summaries, row)}</tbody></table></div></section>`;
}

function row(run: RunSummary, index: number): Markup {
  return html`<tr data-run="run-${index}" data-family="${run.family}" data-architecture="${run.architecture}" data-dataset="${run.dataset}">
<th scope="row"><a href="#run-${index}">${run.run}</a>${run.complete ? null : html` <span class="muted">(incomplete)</span>`}</th>
<td>${run.family}</td><td>${run.architecture}</td><td>${run.dataset}</td>
${number(run.seed, run.seed === null ? undefined : String(run.seed))}${number(run.parameters)}${number(run.layers.length)}${number(run.lastStep)}
${number(run.accuracy?.accuracy, formatPercent(run.accuracy?.accuracy))}${number(run.loss?.last.loss)}${ofDescribed(run, run.totals?.movingLayers)}${ofDescribed(run, run.totals?.fastStretches)}${ofDescribed(run, run.totals?.stabilizedLayers)}
<td>${run.totals === null ? '–' : orderInWords(run.totals.convergencePattern)}</td></tr>
`;
}

/** A count over layers; what could not be looked at is not 0. */
function ofDescribed(run: RunSummary, count: number | null | undefined): Markup {
  return number(count, run.totals !== null && count === null ? 'not described' : formatNumber(count));
}

function number(value: number | null | undefined, text = formatNumber(value)): Markup {
  return html`<td class="number" data-value="${value}">${text}</td>`;
}

function choice(
  name: 'family' | 'architecture' | 'dataset',
  label: string,
  summaries: Iterable<RunSummary>,
): Markup {
  const values = [...new Set(Array.from(summaries, (summary) => summary[name]))].sort();
  return html`<label>${label} <select name="${name}"><option value="">all</option>${values.map(
    (value) => html`<option>${value}</option>`,
  )}</select></label>`;
}
