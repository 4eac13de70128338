import type { BeforeAfter, QuantityComparison } from '../dynamics/before-after.ts';
import { sentencesOfRun } from '../dynamics/run-changes/sentences.ts';
import type { LayerDynamicsSummary, LayerSummary, RunSummary } from '../dynamics/run-summary.ts';
import { stabilityAside } from '../dynamics/stabilization.ts';
import { plainLine } from '../errors/plain-text.ts';
import { formatInterval, formatNumber, formatPercent } from '../wording/numbers.ts';
import { describeMedian, describeSteps } from './describe-window.ts';
import { firstOf } from './first-of.ts';
import { formatTable } from './table.ts';

/**
 * The runs of a study, one line each.
 *
 * @param all whether each is listed, however many there are.
 */
export function describeRuns(summaries: readonly RunSummary[], all = false): string {
  if (summaries.length === 0) return 'No run has a log yet.';
  const { shown, more } = firstOf(summaries, all ? null : '--all');
  const rows = shown.map((summary) => [
    summary.run,
    summary.architecture,
    summary.dataset,
    formatNumber(summary.seed),
    summary.layers.length,
    summary.measurements,
    formatNumber(summary.lastStep),
    formatNumber(summary.loss?.last.loss),
    formatPercent(summary.accuracy?.accuracy),
    statusOf(summary),
  ]);
  const header = ['run', 'architecture', 'data set', 'seed', 'layers', 'measured', 'last step', 'loss'];
  return [formatTable([...header, 'accuracy', 'status'], rows), ...more].join('\n');
}

/** What was trained, how it went, and what its layers did. */
export function describeSummary(summary: RunSummary): string {
  const { analysis, layers } = summary;
  const facts = [
    ['network', `${summary.architecture} (${summary.family}), ${countOf(summary.parameters, 'parameters')}`],
    ['data set', `${summary.dataset}, ${countOf(summary.classes, 'classes')}`],
    ['seed', summary.seed === null ? 'not recorded' : String(summary.seed)],
    ['settings', settingsOf(summary)],
    ['measured', measuredOf(summary)],
    ['loss', lossOf(summary)],
    ['accuracy', accuracyOf(summary)],
    ...summary.events.map(({ step, name }) => [`step ${step}`, name]),
    ['status', statusOf(summary)],
  ];
  const lines = [summary.run, ...facts.map(([name, text]) => `  ${name.padEnd(10)}${plainLine(text)}`), ''];
  if (analysis === null) return [...lines, 'No metric that all layers share.'].join('\n');
  const { seriesId, detector, alpha } = analysis;
  return [
    ...lines,
    `What its layers do, by ${seriesId}: ${plainLine(summary.totals?.does ?? 'not analyzed')}`,
    ...layers.map(({ layer, dynamics }) => plainLine(`  ${layer} ${doesAndIsStable(dynamics)}`)),
    '',
    ...asAWhole(summary),
    `Layers by ${seriesId} (detector ${detector}, alpha ${alpha}; P × Q: rows × columns of the measured matrix; fast: jumps and fast stretches; steps: found by the detector)`,
    formatTable(
      ['layer', 'kind', 'depth', 'P', 'Q', 'first', 'last', 'change', 'stable', 'fast', 'steps'],
      layers.map(layerRow),
    ),
    ...testedRange(layers),
    ...untestedLayers(layers),
  ].join('\n');
}

/** The comparison as one table. */
export function describeComparison({ before, after, alpha, quantities }: BeforeAfter): string {
  const header = ['layer', 'quantity', 'before', 'after', 'difference', 'change', 'in noise'];
  return [
    `Before (steps ${describeSteps(before)}) and after (steps ${describeSteps(after)}): medians (number of measurements)`,
    formatTable([...header, `${100 * (1 - alpha)} % interval`], quantities.map(comparisonRow)),
    'in noise: difference in standard deviations of a single measurement; interval: block bootstrap of the medians',
    ...reasonsOf(
      quantities.flatMap(({ layer, quantity, interval }) =>
        interval.determined ? [] : [[interval.reason, `${layer ?? 'network'} ${quantity}`]],
      ),
      'No interval',
    ),
  ].join('\n');
}

function asAWhole({ runChanges }: RunSummary): string[] {
  if (runChanges === null) return [];
  return ['The run as a whole', ...sentencesOfRun(runChanges).map((line) => plainLine(`  ${line}`)), ''];
}

function layerRow({ layer, kind, depth, samples, features, dynamics }: LayerSummary): (string | number)[] {
  return [
    layer,
    kind,
    depth,
    formatNumber(samples),
    formatNumber(features),
    formatNumber(dynamics?.first),
    formatNumber(dynamics?.last),
    formatChange(dynamics?.relativeChange),
    dynamics === null ? '–' : stableInShort(dynamics),
    dynamics?.fastStretches ?? 'not described',
    dynamics === null ? '–' : changesOf(dynamics),
  ];
}

function changesOf({ changes }: LayerDynamicsSummary): string | number {
  if (changes === null) return 'not testable';
  return changes === 0 ? 'none' : changes;
}

/** Where changes were looked for, if that is the same in all layers. */
function testedRange(layers: readonly LayerSummary[]): string[] {
  const ranges = new Set(
    layers.flatMap(({ dynamics }) => (dynamics?.tested ? [dynamics.tested.join(' to ')] : [])),
  );
  if (ranges.size !== 1) return [];
  return [`Changes were sought in steps ${[...ranges][0]}; of what lies before and after, nothing is said.`];
}

function doesAndIsStable(dynamics: LayerSummary['dynamics']): string {
  if (dynamics === null) return 'not analyzed';
  const stable = stabilityAside(dynamics.stabilization);
  return `${dynamics.does}${stable === null ? '' : ` (${stable})`}`;
}

function stableInShort({ stabilization }: LayerDynamicsSummary): string {
  return stabilization.status === 'stabilized' ? `step ${stabilization.step}` : stabilization.status;
}

function untestedLayers(layers: readonly LayerSummary[]): string[] {
  return reasonsOf(
    layers.flatMap(({ layer, dynamics }) => (dynamics?.notTestable ? [[dynamics.notTestable, layer]] : [])),
    'Not testable',
  );
}

/** One line per reason with those it holds for. */
function reasonsOf(pairs: readonly (readonly string[])[], label: string): string[] {
  const names = new Map<string, string[]>();
  for (const [reason, name] of pairs) names.set(reason, [...(names.get(reason) ?? []), name]);
  return [...names].map(([reason, those]) => plainLine(`${label}: ${those.join(', ')} (${reason})`));
}

function comparisonRow(row: QuantityComparison): string[] {
  return [
    row.layer ?? '(network)',
    row.quantity,
    describeMedian(row.before),
    describeMedian(row.after),
    formatNumber(row.difference),
    formatChange(row.relativeChange),
    formatNumber(row.inNoise, 3),
    formatInterval(row.interval.determined ? row.interval.interval : null),
  ];
}

function formatChange(relativeChange: number | null | undefined): string {
  const text = formatPercent(relativeChange).replace('-', '−');
  return (relativeChange ?? 0) > 0 ? `+${text}` : text;
}

function countOf(count: number | null, what: string): string {
  return count === null ? `number of ${what} not recorded` : `${count} ${what}`;
}

function settingsOf({ hyperparameters }: RunSummary): string {
  const settings = Object.entries(hyperparameters).map(
    ([name, value]) => `${name} ${typeof value === 'number' ? formatNumber(value) : value}`,
  );
  return settings.length === 0 ? 'not recorded' : settings.join(', ');
}

function measuredOf({ measurements, firstStep, lastStep, plannedSteps }: RunSummary): string {
  if (firstStep === null || lastStep === null) return `nothing, of ${plannedSteps} steps planned`;
  return `${measurements} times, steps ${firstStep} to ${lastStep} of ${plannedSteps}`;
}

function lossOf({ loss }: RunSummary): string {
  if (loss === null) return 'not recorded';
  const { first, last, min } = loss;
  return `${formatNumber(first.loss)} (step ${first.step}) to ${formatNumber(last.loss)} (step ${last.step}), least ${formatNumber(min.loss)} (step ${min.step})`;
}

function accuracyOf({ accuracy }: RunSummary): string {
  if (accuracy === null) return 'not recorded';
  const examples = accuracy.examples === null ? '' : `, ${accuracy.examples} examples`;
  const loss = accuracy.loss === undefined ? '' : `, held-out loss ${formatNumber(accuracy.loss)}`;
  return `${formatPercent(accuracy.accuracy)} (step ${accuracy.step}${examples})${loss}`;
}

function statusOf({ complete, stopped, lostRecords }: RunSummary): string {
  const ended = complete ? 'complete' : (stopped ?? 'interrupted');
  return lostRecords === 0
    ? ended
    : `${ended}, ${countOf(lostRecords, lostRecords === 1 ? 'record' : 'records')} lost`;
}
