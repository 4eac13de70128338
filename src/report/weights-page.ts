import { isEmpty, type Table } from '../tables/table.ts';
import { formatNumber } from '../wording/numbers.ts';
import { figure } from './figure.ts';
import { html, trusted } from './markup.ts';
import { pageStyle } from './page-assets.ts';

export interface WeightsPageInput {
  readonly title: string;
  readonly tool: { readonly name: string; readonly version: string };
  readonly table: Table;
  /** SVG of each checkpoint's spectra, with what it shows. */
  readonly figures: readonly { readonly caption: string; readonly svg: string }[];
  /** What was left out or counted once, a sentence each. */
  readonly notes: readonly string[];
}

/** Columns that a page shows; the file beside it has all. */
const shown = [
  'checkpoint',
  'matrix',
  'rows',
  'columns',
  'stable_rank',
  'effective_rank',
  'alpha',
  'alpha_error',
  'spikes',
  'beyond_twin',
  'traps',
  'label',
  'label_rests_on',
];

/** The weight matrices of saved models as one page that opens without a network and runs nothing. */
export function weightsPage({ title, tool, table, figures, notes }: WeightsPageInput): string {
  const places = shown.map((name) => table.columns.findIndex((column) => column.name === name));
  const rows = [...table.rows];
  const alignment = (at: number): string =>
    rows.some((row) => typeof row[at] === 'number') ? 'number' : 'text';
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="generator" content="${tool.name} ${tool.version}"><title>${title}</title>
<link rel="icon" href="data:,">
<style>${trusted(pageStyle())}</style></head>
<body><header><h1>${title}</h1></header><main>
<section aria-labelledby="spectra"><h2 id="spectra">Spectra</h2><div class="figures">${figures.map(({ caption, svg }) => figure(svg, { title: 'Spectra', caption }))}</div></section>
<section aria-labelledby="matrices"><h2 id="matrices">Matrices</h2><div class="scroll" role="region" aria-label="Table of matrices" tabindex="0"><table class="matrices"><thead><tr>${places.map((at) => html`<th scope="col" class="${alignment(at)}" title="${table.columns[at].meaning}">${table.columns[at].name.replaceAll('_', ' ')}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${places.map((at) => html`<td class="${alignment(at)}">${cell(row[at])}</td>`)}</tr>`)}</tbody></table></div>
${notes.length === 0 ? null : html`<ul>${notes.map((note) => html`<li>${note}</li>`)}</ul>`}
<p>All columns: <a href="weights.csv">weights.csv</a>; singular values: <a href="weights.json">weights.json</a>.</p></section>
</main></body></html>
`;
  return page.text;
}

function cell(value: unknown): string {
  if (isEmpty(value as string)) return '–';
  return typeof value === 'number' ? formatNumber(value) : String(value);
}
