import type { RunDynamics } from '../dynamics/analyze-run.ts';
import { changesInWords } from '../dynamics/changes-in-words.ts';
import type { RunSummary } from '../dynamics/run-summary.ts';
import { labelTitle, metricLabel } from '../figures/metric-label.ts';
import type { Dashboard } from '../findings/dashboard/dashboard.ts';
import type { DeepDive } from '../findings/deep-dive/deep-dive.ts';
import { scoreEvents } from '../findings/known-events.ts';
import type { StudyAnalysis } from '../findings/study-analysis.ts';
import type { WhatHappened } from '../findings/what-happened.ts';
import type { Run } from '../measurements/types.ts';
import { brief } from '../wording/sentences.ts';
import { compareSection } from './compare-section.ts';
import { DASHBOARD } from './dashboard-figures.ts';
import { dashboardSection } from './dashboard-section.ts';
import { DEEP_DIVE } from './deep-dive-figures.ts';
import { deepDiveSection } from './deep-dive-section.ts';
import { describeSeries } from './describe-series.ts';
import { type EmbeddedSeries, embeddedRun, embeddedSeries } from './embedded-run.ts';
import { type FigureText, figure } from './figure.ts';
import { figureName } from './figure-name.ts';
import { evidenceFigures, evidenceId, findingsSection, verdictLines } from './findings-section.ts';
import { happenedSection } from './happened-section.ts';
import type { Summaries } from './held-summaries.ts';
import { hypothesesSection } from './hypotheses-section.ts';
import { dataBlock, jsonBlock, scriptBlock } from './inline-script.ts';
import { type InsidePictures, insideSection } from './inside/inside-section.ts';
import { jumpTypesSection } from './jump-types-section.ts';
import { LEAD_FIGURE } from './lead-figure.ts';
import { html, type Markup, trusted } from './markup.ts';
import type { ReportMethods } from './methods/methods.ts';
import { packWithNumbers } from './packed.ts';
import { pageScript, pageStyle } from './page-assets.ts';
import { reproduceSection } from './reproduce-section.ts';
import { runSection, warningItem } from './run-section.ts';
import { runTable } from './run-table.ts';
import { studyData } from './study-data.ts';
import { trackFigures, weightsTable } from './tracks-section.ts';
import type { ReportInput } from './types.ts';

export interface ReportPageInput extends ReportInput {
  readonly summaries: Summaries;
  readonly dashboard: Dashboard;
  readonly architectures: DeepDive | null;
  readonly methods: ReportMethods;
  readonly happened: WhatHappened;
  readonly pictures: readonly (InsidePictures & { readonly folder: string })[];
  readonly evidence: ReadonlyMap<string, FigureText>;
  /** SVG by figure name, without those of single runs. */
  readonly drawings: ReadonlyMap<string, string>;
  /** What `runPacker` has made of each run. */
  readonly packed: readonly string[];
}

/** Forbids every request, and running any text: what the page needs is in it. */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'";

/**
 * What puts all about one run into the page, packed: its section, its figures and its series. Run by run, so that neither the figures nor the series
 * of all are in memory.
 *
 * @returns a function of a run's place, and the SVG of its figures by the ending of their name.
 */
export function runPacker(
  input: ReportInput & Pick<ReportPageInput, 'summaries'>,
): (index: number, drawings: ReadonlyMap<string, string>) => string {
  const { runs, analysis } = input;
  const dynamics = new Map(analysis.runs.map((run) => [run.runId, run]));
  const series = heldSeries(input);
  const metric = labelTitle(metricLabel(analysis.seriesId));
  return (index, drawings) => {
    const run = runs[index];
    const section = sectionOf(input, run, index, metric, dynamics.get(run.id), drawings);
    const { value, numbers } = embeddedRun(run, series, dynamics.get(run.id), section.text);
    return packWithNumbers(value, numbers);
  };
}

function heldSeries(input: ReportInput): EmbeddedSeries {
  return embeddedSeries(input.runs, offeredSeries(input), input.maxEmbeddedBytes ?? 6_000_000);
}

/** The report as one HTML document, piece by piece. */
export function* reportPage(input: ReportPageInput): Generator<string> {
  const { manifest, runs, analysis, summaries, evidence, drawings, findings = [], warnings = [] } = input;
  const lead = evidence.get(LEAD_FIGURE);
  const series = heldSeries(input);
  const titles = Object.fromEntries(
    [...series.full, ...series.thinned].map((id) => [id, labelTitle(metricLabel(id))]),
  );

  yield html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="generator" content="${manifest.tool.name} ${manifest.tool.version}"><title>${manifest.title}</title>
<link rel="icon" href="data:,">
<style>${trusted(pageStyle())}</style></head>
<body><a class="skip" href="#happened">Skip to what happened</a>
${header(input)}
<main>
${happenedSection(
  input.happened,
  lead === undefined
    ? null
    : figure(drawings.get(LEAD_FIGURE) ?? '', { ...lead, id: evidenceId(LEAD_FIGURE) }),
  analysis.advice,
  scoreEvents(input.runs, analysis.runs),
)}
${dashboardSection(input.dashboard, evidence, drawings)}
${deepDiveSection(input.architectures, evidence, drawings)}
${compareSection()}
${findingsSection(findings, analysis.alpha)}
${input.tested === undefined ? null : hypothesesSection(input.tested)}
<section aria-labelledby="overview"><h2 id="overview">Over all runs</h2>
<div class="figures">${evidenceFigures(
    [...evidence].filter(
      ([name]) => name !== LEAD_FIGURE && !name.startsWith(DASHBOARD) && !name.startsWith(DEEP_DIVE),
    ),
    drawings,
    findings,
  )}</div>
${jumpTypesSection(analysis.jumpTypes)}</section>
${insideSection(input.pictures, (name, words) => figure(drawings.get(name) ?? '', words))}
${warnings.length === 0 ? null : warningsSection(input)}
${runTable(summaries)}
<section aria-labelledby="each-run"><h2 id="each-run">Run by run</h2>
<p class="muted screen">Each run opens at its name.</p>
<noscript><p>This page holds the runs compressed, and needs its script to open them. Their figures and tables lie beside it as files, in
<code>figures/</code> and <code>tables/</code>.</p></noscript>
${Array.from(summaries, (summary, index) => runDetails(summary, index, runs.length === 1))}</section>
${reproduceSection(input, input.methods)}
</main>
${jsonBlock('study-data', studyData(input, titles, series.thinned))}
`.text;
  for (const [index, packed] of input.packed.entries()) yield dataBlock(`run-data-${index}`, packed).text;
  yield html`
${scriptBlock(pageScript())}
</body></html>
`.text;
}

/** The pictures of more runs would fill the page: they stand beside it as files, and the page links to them. */
const MOST_PICTURED = 200;

/** All about one run, for when it is opened. */
function sectionOf(
  { runs, analysis, summaries, warnings = [] }: ReportInput & Pick<ReportPageInput, 'summaries'>,
  run: Run,
  index: number,
  title: string,
  dynamics: RunDynamics | undefined,
  drawings: ReadonlyMap<string, string>,
): Markup {
  const picture = (ending: string, words: FigureText): Markup =>
    runs.length > MOST_PICTURED
      ? html`<p>${words.caption} <a href="figures/runs/${figureName(run.id, index)}-${ending}.svg">${ending.replaceAll('-', ' ')} as a picture</a></p>`
      : figure(drawings.get(ending) ?? '', words);
  return runSection({
    run,
    summary: summaries.at(index)!,
    dynamics,
    seriesId: analysis.seriesId,
    threshold: analysis.heldStretches.inRuns.threshold,
    changesThreshold: analysis.heldRunChanges.inRuns.threshold,
    metric: title,
    warnings: warnings.filter((warning) => warning.run === run.id),
    heatmap: picture('heatmap', {
      title: run.id,
      caption: `${title} of every layer over training; each layer on its own scale, its lowest and highest value at the right.`,
    }),
    criticalPeriods:
      drawings.get('critical-periods') === undefined
        ? null
        : picture('critical-periods', {
            title: `${run.id}: critical periods`,
            caption:
              'Share of layers that jump or are fast at once against the null model; how fast and how abruptly they move, against their jitter; and the training loss.',
          }),
    tracks: [
      weightsTable(run),
      ...[...trackFigures(run)].map(([ending, { title, caption }]) => picture(ending, { title, caption })),
    ],
  });
}

function runDetails({ run, totals }: RunSummary, index: number, isOpen: boolean): Markup {
  return html`<details class="run" id="run-${index}" data-source="run-data-${index}"${isOpen ? html` open` : null}><summary><h3>${run}</h3> <span>${totals?.does ?? 'not analyzed'}</span></summary></details>
`;
}

function header(input: ReportPageInput): Markup {
  const { manifest, runs, analysis, findings = [], tested } = input;
  const layers = runs.reduce((sum, run) => sum + run.layers.length, 0);
  const incomplete = runs.filter(({ complete }) => !complete).length;
  return html`<header><h1>${manifest.title}</h1>
<dl><dt>Measured</dt><dd>${describeSeries(runs, analysis.seriesId)}</dd>
<dt>Runs</dt><dd>${brief(runs.length)} (${manifest.origin}${manifest.source === null ? '' : ` from ${manifest.source}`}${
    incomplete === 0 ? '' : `; ${brief(incomplete)} incomplete`
  }), ${brief(layers)} layer series</dd>
<dt>Error rate</dt><dd>${analysis.alpha} for each curve and series</dd>
<dt>Step detector</dt><dd>${detectorLine(analysis)}</dd>
<dt>Findings</dt><dd>${findings.length === 0 ? 'none in this report' : verdictLines(findings).join(', ')}</dd></dl>
<nav aria-label="Sections"><ul><li><a href="#happened">What happened</a></li>${[...input.evidence.keys()].some((name) => name.startsWith(DASHBOARD)) ? html`<li><a href="#dashboard">At a glance</a></li>` : null}${input.architectures === null ? null : html`<li><a href="#architectures">Architectures</a></li>`}<li><a href="#compare">Compare runs</a></li><li><a href="#findings">Findings</a></li>${tested === undefined ? null : html`<li><a href="#hypotheses">Hypotheses</a></li>`}<li><a href="#overview">Over all runs</a></li>
${
  input.pictures.length === 0
    ? null
    : html`<li><a href="#inside">Inside the checkpoints</a></li>
`
}<li><a href="#runs">Runs</a></li><li><a href="#each-run">Run by run</a></li><li><a href="#reproduce">Methods</a></li></ul></nav></header>`;
}

/** How many steps the detector found, and how many hold over all series together; what it could not test is not 0. */
function detectorLine({ detector, falseDiscoveries }: StudyAnalysis): string {
  return `${detector}: ${changesInWords(falseDiscoveries)}`;
}

function warningsSection({ warnings = [], runs }: ReportPageInput): Markup {
  // A run whose log is missing has no section of its own.
  const shown = new Set(runs.map(({ id }) => id));
  const ofRuns = warnings.filter(({ run }) => run !== null && shown.has(run));
  const others = warnings.filter((warning) => !ofRuns.includes(warning));
  return html`<section aria-labelledby="checks"><h2 id="checks">Data checks</h2>
<ul>${others.map(warningItem)}</ul>
${ofRuns.length === 0 ? null : html`<p class="muted">${ofRuns.length} more ${ofRuns.length === 1 ? 'concerns a single run and stands with it' : 'concern single runs and stand with them'}.</p>`}</section>`;
}

function offeredSeries({ runs, analysis, metrics }: ReportInput): string[] {
  const all = metrics ?? runs.flatMap(({ layers }) => layers.flatMap(({ series }) => [...series.keys()]));
  return [...new Set([analysis.seriesId, ...all])];
}
