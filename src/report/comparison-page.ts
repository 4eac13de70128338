import { comparedCurvesSpec } from '../figures/compared-curves.ts';
import { metricLabel, ofEveryLayer } from '../figures/metric-label.ts';
import { type DrawingOptions, renderSvg } from '../figures/render-svg.ts';
import { comparisonInWords, subjectOf } from '../findings/comparison/comparison-in-words.ts';
import type { ComparedPair, ComparedQuantity, StudyComparison } from '../findings/comparison/types.ts';
import { plainNumbers } from '../formats/plain-numbers.ts';
import { tableFiles } from '../tables/table-files.ts';
import { formatInterval, formatNumber, formatPValue } from '../wording/numbers.ts';
import { counted } from '../wording/sentences.ts';
import { figure } from './figure.ts';
import { html, type Markup, trusted } from './markup.ts';
import { pageStyle } from './page-assets.ts';
import { comparisonTable } from './tables/comparison-table.ts';
import type { ReportFiles } from './types.ts';

/** Pairs that are drawn; of all the table beside the page tells. */
const MOST_PAIRS = 12;
/** Layers that a figure shows. */
const MOST_LAYERS = 18;

/** Runs nothing and asks for nothing. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * A comparison as files: a page that opens without a network (`index.html`), all of it for programs (`comparison.json`), its table and its
 * figures. Writes nothing itself; the same input gives the same bytes.
 *
 * @example
 * const { comparison } = compareStudiesIn('my-study', 'my-study');
 * const files = await buildComparison(comparison, { name: 'rankscope', version: '0.1.0' });
 * files.has('index.html') // true
 */
export async function buildComparison(
  comparison: StudyComparison,
  tool: { readonly name: string; readonly version: string },
  look: DrawingOptions = {},
): Promise<ReportFiles> {
  const files = new Map<string, string | Uint8Array>();
  const drawings: string[] = [];
  for (const [i, pair] of comparison.pairs.slice(0, MOST_PAIRS).entries()) {
    if (pair.layers.length === 0) continue;
    drawings[i] = await renderSvg(pairFigure(pair, comparison), look);
    files.set(`figures/pair-${i}.svg`, drawings[i]);
  }
  files.set('index.html', page(comparison, drawings, tool));
  files.set('comparison.json', `${JSON.stringify(plainNumbers(comparison))}\n`);
  for (const [path, content] of tableFiles([comparisonTable(comparison)])) files.set(path, content);
  return files;
}

function pairFigure({ title, layers, runs }: ComparedPair, { seriesId, titles }: StudyComparison) {
  const metric = metricLabel(seriesId);
  return comparedCurvesSpec({
    title: `${metric.name}: ${title}`,
    subtitle: `${counted(runs.a.length, 'run')} of A, ${counted(runs.b.length, 'run')} of B; bands: 95 % of the mean over seeds`,
    metric,
    sides: titles,
    panels: layers.slice(0, MOST_LAYERS).map(({ layer, curves }) => ({
      layer,
      curves: (['a', 'b'] as const).map((side) => ({ side, ...curves[side] })),
    })),
  });
}

function page(
  comparison: StudyComparison,
  drawings: readonly string[],
  tool: { readonly name: string; readonly version: string },
): string {
  const { titles, pairs, seriesId } = comparison;
  const title = `${titles.a} and ${titles.b}, compared`;
  const [answer, ...rest] = comparisonInWords(comparison);
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="generator" content="${tool.name} ${tool.version}"><title>${title}</title>
<link rel="icon" href="data:,">
<style>${trusted(pageStyle())}</style></head>
<body><header><h1>${title}</h1>
<dl><dt>A</dt><dd>${titles.a}</dd><dt>B</dt><dd>${titles.b}</dd><dt>Metric</dt><dd>${metricLabel(seriesId).name} (${seriesId})</dd></dl></header><main>
<section aria-labelledby="answer"><h2 id="answer">What differs</h2>
<p><strong>${answer}</strong></p>${rest.map((line) => html`<p>${line}</p>`)}</section>
${pairs.map((pair, i) => pairSection(pair, comparison, drawings[i]))}
<p>All numbers: <a href="comparison.csv">comparison.csv</a>, <a href="comparison.json">comparison.json</a>.</p>
</main></body></html>
`.text;
}

function pairSection(pair: ComparedPair, { seriesId }: StudyComparison, svg: string | undefined): Markup {
  const { title, settings, quantities, layers, layersOnlyIn } = pair;
  const metric = metricLabel(seriesId);
  const only = (['a', 'b'] as const).flatMap((side) => [
    ...(layersOnlyIn[side].length === 0
      ? []
      : [`Layers only in ${side.toUpperCase()}: ${layersOnlyIn[side].join(', ')}`]),
    ...layers.flatMap(({ layer, onlyIn }) =>
      onlyIn[side].map((what) => `Only in ${side.toUpperCase()}: ${layer} ${what}`),
    ),
  ]);
  const caption = `${ofEveryLayer(metric)} in A and B over training. ${differing(quantities)}`;
  return html`<section><h2>${title}</h2>
${settings.length === 0 ? null : html`<div class="scroll" role="region" aria-label="Settings: ${title}" tabindex="0"><table><caption>What was set differently</caption><thead><tr><th scope="col">Setting</th><th scope="col">A</th><th scope="col">B</th></tr></thead><tbody>${settings.map((one) => html`<tr><th scope="row">${one.name}</th><td>${one.a}</td><td>${one.b}</td></tr>`)}</tbody></table></div>`}
${svg === undefined ? null : figure(svg, { title: `${metric.name}: ${title}`, caption })}
<div class="scroll" role="region" aria-label="What was compared: ${title}" tabindex="0"><table><caption>What was compared; the effect is B − A, or B / A where it has a ×</caption>
<thead><tr><th scope="col">What</th><th scope="col" class="number">A</th><th scope="col" class="number">B</th><th scope="col" class="number">Effect</th><th scope="col" class="number">Interval</th><th scope="col" class="number">Adjusted p</th><th scope="col">Verdict</th></tr></thead>
<tbody>${quantities.map(quantityRow)}</tbody></table></div>
${only.length === 0 ? null : html`<h3>Without a counterpart</h3><p class="muted">No test of its own: what one side shows, the other may merely not show clearly.</p><ul>${only.map((line) => html`<li>${line}</li>`)}</ul>`}
<h3>What the layers do</h3>
<div class="scroll" role="region" aria-label="What the layers do: ${title}" tabindex="0"><table><thead><tr><th scope="col">Layer</th><th scope="col">A</th><th scope="col">B</th></tr></thead><tbody>${layers.map(({ layer, said }) => html`<tr><th scope="row">${layer}</th><td>${said.a}</td><td>${said.b}</td></tr>`)}</tbody></table></div>
</section>
`;
}

function quantityRow(quantity: ComparedQuantity): Markup {
  const { a, b, scale, effect, interval, adjusted, verdict, reason } = quantity;
  const sign = scale === 'ratio' ? '×' : '';
  const kind = verdict === 'differs' ? ' supported' : ' open';
  return html`<tr><th scope="row">${subjectOf(quantity)}</th><td class="number">${formatNumber(a.mean)}</td><td class="number">${formatNumber(b.mean)}</td><td class="number">${effect === null ? '–' : `${sign}${formatNumber(effect)}`}</td><td class="number">${formatInterval(interval)}</td><td class="number">${formatPValue(adjusted)}</td><td><span class="verdict${kind}">${verdict}</span>${reason === null ? null : html`<br><small>${reason}</small>`}</td></tr>`;
}

function differing(quantities: readonly ComparedQuantity[]): string {
  const found = quantities.filter(({ verdict }) => verdict === 'differs');
  if (found.length === 0) return 'No difference is shown.';
  return `${counted(found.length, 'number differs', 'numbers differ')}: ${found.slice(0, 6).map(subjectOf).join('; ')}${found.length > 6 ? ' …' : ''}.`;
}
