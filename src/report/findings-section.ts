import type { Finding, Verdict } from '../findings/finding.ts';
import { verdictInWords } from '../findings/verdict-in-words.ts';
import { formatInterval, formatNumber, formatPValue } from '../wording/numbers.ts';
import { intervalName } from '../wording/sentences.ts';
import { type FigureText, figure } from './figure.ts';
import { html, type Markup } from './markup.ts';

const VERDICT_CLASS: Readonly<Record<Verdict, string>> = {
  supported: 'supported',
  refuted: 'refuted',
  'not distinguishable from null': 'open',
  'not testable': 'open',
};

/** How many findings came to which verdict, in one line each. */
export function verdictLines(findings: readonly Finding[]): string[] {
  return (Object.keys(VERDICT_CLASS) as Verdict[]).flatMap((verdict) => {
    const such = findings.filter((finding) => finding.verdict === verdict);
    const uncalibrated = such.filter(({ uncalibratedRule }) => uncalibratedRule !== undefined).length;
    if (such.length === 0) return [];
    const aside = uncalibrated === 0 ? '' : ` (${uncalibrated} of them only by an uncalibrated rule)`;
    return [`${such.length} ${verdict}${aside}`];
  });
}

/**
 * The findings as a table: claim, effect, null, p, verdict and where the evidence is.
 *
 * @param alpha level of the intervals.
 */
export function findingsSection(findings: readonly Finding[], alpha: number): Markup {
  if (findings.length === 0) {
    return html`<section aria-labelledby="findings"><h2 id="findings">Findings</h2>
<p>No claim was tested in this report. What was measured and detected follows below.</p></section>`;
  }
  return html`<section aria-labelledby="findings"><h2 id="findings">Findings</h2>
${findingsTable('Findings', findings, alpha)}</section>`;
}

/** Findings as a table: what was claimed, effect, null, p, verdict and where the evidence is. */
export function findingsTable(label: string, findings: readonly Finding[], alpha: number): Markup {
  return html`<div class="scroll" role="region" aria-label="Table: ${label}" tabindex="0"><table class="findings stacked">
<caption>Each claim with its effect, the null model it was held against and the verdict. p-values in the column “adjusted”
are corrected for all claims tested together.</caption>
<thead><tr><th scope="col">Claim</th><th scope="col">Effect</th><th scope="col">${intervalName(alpha)}</th><th scope="col">Null model</th>
<th scope="col" class="number">p</th><th scope="col" class="number">adjusted</th><th scope="col">Verdict</th><th scope="col">Evidence</th></tr></thead>
<tbody>${findings.map((finding) => findingRow(finding, alpha))}</tbody></table></div>`;
}

function findingRow(finding: Finding, alpha: number): Markup {
  const { id, claim, statistic, effect, null: reference, runs, checks, verdict, reason, figure } = finding;
  return html`<tr id="finding-${id}"><th scope="row">${claim}<br><small class="muted">${statistic}</small></th>
<td data-label="Effect">${effect === null ? '–' : `${formatNumber(effect.value)} ${effect.unit}`}</td>
<td data-label="${intervalName(alpha)}">${formatInterval(effect?.interval)}</td>
<td data-label="Null model">${reference?.model ?? '–'}</td>
<td class="number" data-label="p">${formatPValue(reference?.pValue)}</td>
<td class="number" data-label="Adjusted p">${formatPValue(reference?.adjustedPValue)}</td>
<td class="verdict-cell"><span class="verdict ${VERDICT_CLASS[verdict]}">${verdictInWords(finding)}</span><br><small>${reason}</small></td>
<td data-label="Evidence">${figure === undefined ? null : html`<a href="#${evidenceId(figure)}">figure</a>, `}${runs.length} ${runs.length === 1 ? 'run' : 'runs'}${
    checks.length === 0 ? null : html`<br><small class="muted">checks: ${checks.join(', ')}</small>`
  }</td></tr>
`;
}

/**
 * Figures over the study, each with its anchor and, where a finding refers to it, with what was claimed.
 *
 * @param drawings SVG by figure name.
 */
export function evidenceFigures(
  evidence: Iterable<readonly [string, FigureText]>,
  drawings: ReadonlyMap<string, string>,
  findings: readonly Finding[] = [],
): Markup[] {
  const claims = new Map(findings.map(({ figure = '', claim }) => [evidenceId(figure), claim]));
  let said: string | undefined;
  return [...evidence].map(([name, { title, caption, description, reading }]) => {
    const id = evidenceId(name);
    const claim = claims.get(id);
    const words = claim === undefined ? caption : `On the claim “${claim.replace(/\.$/, '')}”: ${caption}`;
    const drawn = figure(drawings.get(name) ?? '', { title, caption: words, description, id });
    const over =
      reading === undefined || reading === said ? null : html`<p class="reading muted">${reading}</p>`;
    said = reading;
    return html`${over}${drawn}`;
  });
}

/** Anchor of a figure in the page, from its path in the report. */
export function evidenceId(figure: string): string {
  return `evidence-${figure.replace(/^.*\//, '').replace(/\.[a-z]+$/, '')}`;
}
