import { firstStepAbove0 } from '../figures/log-steps.ts';
import { stretchTimingSpec } from '../figures/stretch-timing.ts';
import { type FirstMove, firstMove, type TimedLayer, timedMoves } from '../findings/timing/first-moves.ts';
import { brief } from '../wording/sentences.ts';
import { type NetworkPanel, networkPanels, panelsLeft } from './network-panels.ts';
import type { EvidenceFigure, ReportInput } from './types.ts';

/** Networks whose first movement the caption names. */
const MOST_NAMED = 4;

/** When the layers of every network rise and fall, and which of them first; null where none does. */
export function timingFigure(input: ReportInput): EvidenceFigure | null {
  const panels = networkPanels(input);
  const timed = panels.shown
    .map((panel) => ({ title: panel.title, layers: layersOf(panel) }))
    .filter(({ layers }) => layers.length > 0);
  if (timed.length === 0) return null;
  const title = 'When layers rise and fall';
  const firsts = timed.flatMap(({ title: name, layers }) => {
    const first = firstMove(layers);
    return first === null ? [] : [firstInWords(name, first)];
  });
  const more = firsts.length > MOST_NAMED ? `; ${firsts.length - MOST_NAMED} more in the picture` : '';
  const order = firsts.length === 0 ? '' : ` First ${firsts.slice(0, MOST_NAMED).join('; ')}${more}.`;
  const last = Math.max(...input.runs.map(({ steps }) => steps.at(-1) ?? 0));
  const first = firstStepAbove0(input.runs);
  return {
    title,
    caption: `The rises and falls of every layer that has any, one panel for each ${panels.kind}${panelsLeft(panels)}; pale ones do not hold over all curves of the study.${order}`,
    spec: stretchTimingSpec({ title, steps: [first, Math.max(first, last)], panels: timed }),
  };
}

/** Layers that move, in network order. */
function layersOf(panel: NetworkPanel): TimedLayer[] {
  const layers =
    panel.of === 'seeds'
      ? panel.group.layers.map(({ layer, curve }, depth) => ({ layer, curve, depth }))
      : panel.dynamics.layers;
  return layers.flatMap(({ layer, depth, curve }) => {
    const moves = curve.described ? timedMoves(curve.stretches, panel.threshold) : [];
    return moves.length === 0 ? [] : [{ layer, depth, moves }];
  });
}

function firstInWords(name: string, { layer, move: { kind, half, interval }, next }: FirstMove): string {
  const steps = interval === null ? '' : ` (${interval.map((end) => brief(Math.round(end))).join('–')})`;
  const what = `in ${name}: ${layer} ${kind}s at step ${brief(Math.round(half))}${steps}`;
  if (next === null || !next.later.determined) return what;
  const { value, interval: between } = next.later;
  const [least, most] = between.map((end) => brief(Math.round(end)));
  if (least === most && value === 0) return `${what}, ${next.layer} at the same step`;
  const range = `${least} to ${most} steps`;
  return between[0] > 0
    ? `${what}, ${next.layer} ${brief(Math.round(value))} steps later (${range})`
    : `${what}; whether ${next.layer} comes later is open (${range})`;
}
