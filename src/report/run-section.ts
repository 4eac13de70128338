import type { LayerDynamics, RunDynamics } from '../dynamics/analyze-run.ts';
import { coordinationInWords } from '../dynamics/critical-periods-in-words.ts';
import { orderInWords } from '../dynamics/order-in-words.ts';
import { sentencesOfRun } from '../dynamics/run-changes/sentences.ts';
import type { RunSummary } from '../dynamics/run-summary.ts';
import { stabilizationInWords } from '../dynamics/stabilization.ts';
import { sentenceOf } from '../dynamics/stretches/sentence.ts';
import type { Run } from '../measurements/types.ts';
import { formatInterval, formatNumber, formatPercent, pInWords } from '../wording/numbers.ts';
import { html, type Markup } from './markup.ts';
import type { ReportWarning } from './types.ts';

export interface RunSectionInput {
  readonly run: Run;
  readonly summary: RunSummary;
  readonly dynamics: RunDynamics | undefined;
  readonly seriesId: string;
  /** Rises and falls with a p-value of at most this hold over all curves of the study. */
  readonly threshold: number;
  /** The same for changes of runs as a whole. */
  readonly changesThreshold: number;
  /** What the analyzed series is called. */
  readonly metric: string;
  readonly warnings: readonly ReportWarning[];
  /** Figures drawn beforehand: the heatmap, and the critical periods where they could be tested. */
  readonly heatmap: Markup;
  readonly criticalPeriods: Markup | null;
  /** Weights, gradient noise and sharpness, as far as they were measured. */
  readonly tracks: readonly (Markup | null)[];
}

/** Everything the report says about one run. */
export function runSection(input: RunSectionInput): Markup {
  const { run, summary, dynamics, warnings, heatmap } = input;
  return html`<dl>
<dt>Network</dt><dd>${run.architecture} (${run.family}${run.parameterCount === null ? '' : `, ${run.parameterCount} parameters`})</dd>
<dt>Data set</dt><dd>${run.dataset}</dd>
<dt>Measured</dt><dd>${run.steps.length} times, steps ${formatNumber(run.steps.at(0))} to ${formatNumber(summary.lastStep)} of ${
    run.plannedSteps
  } planned${run.complete ? '' : '; the run is incomplete'}${run.stopped === null ? '' : `; stopped: ${run.stopped}`}</dd>
<dt>Accuracy</dt><dd>${formatPercent(summary.accuracy?.accuracy)}</dd>
<dt>Seed</dt><dd>${run.seed ?? 'not recorded'}</dd>
</dl>
${warnings.length === 0 ? null : html`<ul>${warnings.map(warningItem)}</ul>`}
<div class="run-chart"></div>
${heatmap}
${layerTable(input)}
${dynamics === undefined ? html`<p>The dynamics of this run were not analyzed.</p>` : dynamicsText(dynamics, input.changesThreshold)}
${input.criticalPeriods}
${input.tracks}
<details><summary>Settings</summary><dl>${Object.entries(run.hyperparameters).map(
    ([name, value]) => html`<dt>${name}</dt><dd>${String(value)}</dd>`,
  )}</dl>${Object.keys(run.hyperparameters).length === 0 ? html`<p>The log records none.</p>` : null}</details>
`;
}

/** A data check's word on a run or on the study. */
export function warningItem({ layer, check, severity, message }: ReportWarning): Markup {
  return html`<li><span class="severity-${severity}">${severity}</span> ${check}${layer === null ? '' : `, ${layer}`}: ${message}</li>`;
}

function layerTable({ run, dynamics, seriesId, metric, threshold }: RunSectionInput): Markup {
  const byName = new Map(dynamics?.layers.map((layer) => [layer.layer, layer]));
  return html`<div class="scroll" role="region" aria-label="Layers of ${run.id}" tabindex="0"><table class="stacked">
<caption>First and last: <span class="metric-name">${metric}</span>. What layers do, from where they are stable and steps: ${metric}.</caption>
<thead><tr><th scope="col">Layer</th><th scope="col">Kind</th><th scope="col" class="number">Width</th><th scope="col" class="number">First</th>
<th scope="col" class="number">Last</th><th scope="col">What it does</th><th scope="col">Stable</th><th scope="col">Steps detected</th></tr></thead>
<tbody>${run.layers.map(({ name, kind, features, series }, l) => {
    const values = series.get(seriesId)?.values;
    const layer = byName.get(name);
    return html`<tr data-layer="${l}"><th scope="row">${name}</th><td data-label="Kind">${kind}</td><td class="number" data-label="Width">${formatNumber(features)}</td>
<td class="number first" data-label="First">${formatNumber(values?.at(0))}</td><td class="number last" data-label="Last">${formatNumber(values?.at(-1))}</td>
<td data-label="What it does">${layer === undefined ? '–' : sentenceOf(layer.curve, { threshold })}</td><td data-label="Stable">${layer === undefined ? '–' : stabilizationInWords(layer.stabilization)}</td><td data-label="Steps detected">${layer === undefined ? '–' : changes(layer)}</td></tr>
`;
  })}</tbody></table></div>`;
}

function changes({ detection }: LayerDynamics): string {
  if (!detection.testable) return `not testable: ${detection.reason}`;
  if (detection.changes.length === 0)
    return `none in steps ${detection.tested.map((step) => formatNumber(step)).join('–')}`;
  return detection.changes
    .map(({ step, direction, effect, pValue }) => {
      const size = Number.isFinite(effect) ? `, ${formatNumber(Math.abs(effect), 3)} noise sd` : '';
      return `step ${formatNumber(step)} (${direction}${size}${pValue === null ? '' : `, ${pInWords(pValue)}`})`;
    })
    .join('; ');
}

function dynamicsText(
  { convergenceOrder, criticalPeriods: { coordination, loss }, runChanges }: RunDynamics,
  threshold: number,
): Markup {
  const { pattern, reason, tau, pValue } = convergenceOrder;
  return html`<dl><dt>The run as a whole</dt><dd>${sentencesOfRun(runChanges, { threshold }).join(' ')}</dd>
<dt>Order of stabilization</dt><dd>${orderInWords(pattern)}${
    tau === null ? '' : ` (Kendall’s τ ${formatNumber(tau, 3)}, ${pInWords(pValue)})`
  }${reason ? `: ${reason}` : ''}</dd>
<dt>Fast at once</dt><dd>${coordinationInWords(coordination)}</dd>
<dt>Loss meanwhile</dt><dd>${
    loss.determined
      ? `falls in ${formatPercent(loss.share)} of fast intervals against ${formatPercent(loss.baseRate)} of all intervals; difference ${formatNumber(
          loss.difference,
          3,
        )}, interval ${formatInterval(loss.interval)}, ${pInWords(loss.pValue)}`
      : `not testable: ${loss.reason}`
  }</dd></dl>`;
}
