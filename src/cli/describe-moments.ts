import type { CriticalMoment, CriticalMoments, Passage } from '../dynamics/critical-moments.ts';
import type { LayerChange } from '../dynamics/layer-changes.ts';
import { plainLine } from '../errors/plain-text.ts';
import { formatNumber, pInWords } from '../wording/numbers.ts';
import { counted } from '../wording/sentences.ts';
import { describeMedian, describeSteps } from './describe-window.ts';
import { formatTable } from './table.ts';

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
    ...(pValue === null ? [] : [pInWords(pValue)]),
    ...(tested ? [] : ['NOT TESTED: merely the largest rate of change']),
  ];
  const what = tested ? wordsOf(kind, direction) : direction;
  return `${place}, ${layer}: ${what} of ${size}${figures.length === 0 ? '' : `, ${figures.join(', ')}`}`;
}

function placeOf({ step, interval, kind }: LayerChange): string {
  if (interval[0] === interval[1]) return `step ${step}`;
  return kind === 'jump' || kind === 'fast'
    ? `steps ${describeSteps(interval)}`
    : `step ${step} (${describeSteps(interval)})`;
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
