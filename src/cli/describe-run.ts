import type { BeforeAfter, QuantityComparison } from '../dynamics/before-after.ts';
import type { CriticalMoment, CriticalMoments, LayerChange, Passage } from '../dynamics/critical-moments.ts';
import { sentencesOfRun } from '../dynamics/run-changes/sentences.ts';
import type { LayerDynamicsSummary, LayerSummary, RunSummary } from '../dynamics/run-summary.ts';
import { stabilityAside } from '../dynamics/stabilization.ts';
import type { WindowMedian } from '../dynamics/step-window.ts';
import { plainLine } from '../errors/plain-text.ts';
import { formatInterval, formatNumber, formatPercent, formatPValue } from '../wording/numbers.ts';
import { counted } from '../wording/sentences.ts';
import { formatTable } from './table.ts';

/** The runs of a study, one line each. */
export function describeRuns(summaries: readonly RunSummary[]): string {
  if (summaries.length === 0) return 'No run has a log yet.';
  const rows = summaries.map((summary) => [
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
  return formatTable([...header, 'accuracy', 'status'], rows);
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
    ...untestedLayers(layers),
  ].join('\n');
}

/** The critical moments, a table each. */
export function describeMoments(found: CriticalMoments): string {
  const { moments, detected, describedLayers, testableLayers, seriesId, window, rankedBy, alpha } = found;
  const order = rankedBy === 'effect' ? 'by their size in noise' : `by their size in ${seriesId}`;
  const heading =
    detected > 0
      ? `Critical moments: the largest of ${counted(detected, 'jump, fast stretch or step', 'jumps, fast stretches and steps')}, ${order}`
      : `Critical moments: no jump, fast stretch or step was found (layers described: ${describedLayers}; the step detector could test ${testableLayers === 0 ? 'none' : testableLayers})${moments.length === 0 ? '; --largest-differences shows the fastest, untested' : ''}`;
  const note = `Medians of ${window} steps before and after each (number of measurements); beyond noise at alpha ${alpha}`;
  return [heading, ...(moments.length === 0 ? [] : [note]), ...moments.map(describeMoment)].join('\n');
}

/** The comparison as one table. */
export function describeComparison({ before, after, alpha, quantities }: BeforeAfter): string {
  const header = ['layer', 'quantity', 'before', 'after', 'difference', 'change', 'in noise'];
  return [
    `Before (steps ${stretch(before)}) and after (steps ${stretch(after)}): medians (number of measurements)`,
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
    dynamics?.changes ?? 'not testable',
  ];
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

function describeMoment(
  { change, accompanying, layers, loss, gradientNorm, otherLayersMoved }: CriticalMoment,
  rank: number,
): string {
  const rows = [
    ...layers.map((passage) => [
      passage.layer === change.layer ? `${passage.layer} ◂` : passage.layer,
      ...passageRow(passage),
    ]),
    ['loss', ...passageRow(loss)],
    ['gradient norm', ...passageRow(gradientNorm)],
  ];
  const detected = accompanying.filter(({ tested }) => tested);
  const moved = otherLayersMoved.length === 0 ? 'none' : otherLayersMoved.join(', ');
  return [
    '',
    plainLine(`${rank + 1}. ${describeChange(change)}`),
    formatTable(['', 'before', 'during', 'after', 'difference', 'beyond noise'], rows),
    `Other layers that moved beyond their noise: ${plainLine(moved)}`,
    ...(detected.length === 0
      ? []
      : [
          plainLine(
            `Other changes detected within the window: ${detected.map(({ layer, step }) => `${layer} (${step})`).join(', ')}`,
          ),
        ]),
  ].join('\n');
}

function describeChange(change: LayerChange): string {
  const { layer, kind, direction, magnitude, effect, pValue, tested } = change;
  const place = placeOf(change);
  const size = `${formatNumber(magnitude)}${kind === 'slope' ? ' per step' : ''}`;
  const figures = [
    ...(effect === null
      ? []
      : [`${formatNumber(effect, 3)} × noise${kind === 'slope' ? ' per measurement' : ''}`]),
    ...(pValue === null ? [] : [`p ${pValue < 1e-4 ? '' : '= '}${formatPValue(pValue)}`]),
    ...(tested ? [] : ['NOT TESTED: merely the largest rate of change']),
  ];
  const what = tested ? wordsOf(kind, direction) : direction;
  return `${place}, ${layer}: ${what} of ${size}${figures.length === 0 ? '' : `, ${figures.join(', ')}`}`;
}

function placeOf({ step, interval, kind }: LayerChange): string {
  if (interval[0] === interval[1]) return `step ${step}`;
  return kind === 'jump' || kind === 'fast'
    ? `steps ${stretch(interval)}`
    : `step ${step} (${stretch(interval)})`;
}

function wordsOf(kind: LayerChange['kind'], direction: LayerChange['direction']): string {
  if (kind === 'jump') return direction === 'increase' ? 'jump up' : 'jump down';
  if (kind === 'fast') return direction === 'increase' ? 'fast rise' : 'fast fall';
  return `${kind} ${direction}`;
}

function passageRow({ before, during, after, movement }: Passage): string[] {
  return [
    describeMedian(before),
    describeMedian(during),
    describeMedian(after),
    movement.determined ? formatNumber(movement.difference) : '–',
    movement.determined
      ? movement.moved
        ? movement.difference > 0
          ? 'up'
          : 'down'
        : 'no'
      : movement.reason,
  ];
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

function describeMedian({ median, count }: WindowMedian): string {
  return median === null ? '–' : `${formatNumber(median)} (${count})`;
}

function formatChange(relativeChange: number | null | undefined): string {
  const text = formatPercent(relativeChange).replace('-', '−');
  return (relativeChange ?? 0) > 0 ? `+${text}` : text;
}

function stretch([first, last]: readonly [number, number]): string {
  return `${formatNumber(first)} to ${formatNumber(last)}`;
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
