import { html, type Markup } from './markup.ts';
import { bibtex } from './methods/bibtex.ts';
import { type ReportMethods, toolOf } from './methods/methods.ts';
import type { ReportInput } from './types.ts';

/** How the report came about: methods for a paper, their sources, and all that it takes to make it again. */
export function reproduceSection(input: ReportInput, { paragraphs, cited }: ReportMethods): Markup {
  const { manifest, analysis, reproduce } = input;
  const tool = toolOf(input);
  const facts = {
    'Analyzed by': `${tool.name} ${tool.version}`,
    'Study written by': `${manifest.tool.name} ${manifest.tool.version}, schema ${manifest.schemaVersion}`,
    'Seed of the analysis': analysis.seed,
    ...manifest.machine,
  };
  return html`<section aria-labelledby="reproduce"><h2 id="reproduce">Methods and reproduction</h2>
<p>The numbers of this page are in <a href="integrated_report.json">integrated_report.json</a> and <code>tables/</code>, its figures in <code>figures/</code>.</p>
<details open><summary>Methods, in words</summary><div class="methods" data-copy>${paragraphs.map(
    (text) => html`<p>${text}</p>
`,
  )}</div></details>
<details><summary>Sources, as BibTeX</summary><pre data-copy tabindex="0">${bibtex(tool, cited)}</pre></details>
${reproduce === undefined ? null : html`<h3>To make it again</h3><pre data-copy tabindex="0">${reproduce.commands.join('\n')}</pre>${(reproduce.notes ?? []).map((note) => html`<p>${note}</p>`)}`}
<details><summary>Versions and machine</summary><dl>${Object.entries(facts).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl></details>
${runsAppendix(input)}
<details><summary>Settings</summary><pre tabindex="0">${JSON.stringify(manifest.settings, null, 2)}</pre></details></section>`;
}

/** Each run with its seed and the digest of its log, by which one can see that it is the same. */
function runsAppendix({ manifest: { logs = {} }, runs }: ReportInput): Markup {
  return html`<details><summary>Runs: seeds, and SHA-256 digests of their logs</summary>
<div class="scroll" role="region" aria-label="Seeds and digests" tabindex="0"><table>
<thead><tr><th scope="col">Run</th><th scope="col" class="number">Seed</th><th scope="col" class="number">Records</th><th scope="col">SHA-256 of the log before its last record</th></tr></thead>
<tbody>${runs.map(({ id, seed }) => {
    const digest = Object.hasOwn(logs, id) ? logs[id] : undefined;
    return html`<tr><th scope="row">${id}</th><td class="number">${seed ?? 'not recorded'}</td><td class="number">${digest?.records ?? '–'}</td><td><code>${digest?.sha256 ?? 'not recorded'}</code></td></tr>
`;
  })}</tbody></table></div></details>`;
}
