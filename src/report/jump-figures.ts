import { fastStretches } from '../dynamics/stretches/fast-stretches.ts';
import { jumpOverviewSpec, MOST_MARKS } from '../figures/jump-overview.ts';
import { groupsBetween, jumpRateSpec } from '../figures/jump-rate.ts';
import { firstStepAbove0 } from '../figures/log-steps.ts';
import { brief, counted, coverage } from '../wording/sentences.ts';
import type { EvidenceFigure, ReportInput } from './types.ts';

/** Every jump and fast stretch of a study, by its step and the place of its layer; null where there is none. */
export function jumpsFigure({ runs, analysis }: ReportInput): EvidenceFigure | null {
  const byId = new Map(runs.map((run) => [run.id, run]));
  let [curves, described] = [0, 0];
  const jumps = analysis.runs.flatMap(({ runId, layers }) =>
    layers.flatMap(({ layer, depth, curve }) => {
      curves++;
      if (curve.described) described++;
      return fastStretches(curve).map(({ kind, from, half, amplitudeInNoise }) => ({
        ...{ family: byId.get(runId)?.family ?? 'unknown', run: runId, layer, depth },
        step: (half ?? from).step,
        direction: kind === 'rise' ? ('increase' as const) : ('decrease' as const),
        effect: amplitudeInNoise ?? Number.NaN,
      }));
    }),
  );
  if (jumps.length === 0) return null;
  const lastStep = Math.max(1, ...runs.map(({ steps }) => steps.at(-1) ?? 0));
  const title = 'When and where layers jump or are fast';
  const all = counted(jumps.length, 'jump or fast stretch', 'jumps and fast stretches');
  const marks =
    jumps.length > MOST_MARKS
      ? `The marks count ${all} that lie close together, each`
      : `Each mark is one of ${all},`;
  const caption = `${marks} at the training step at which it is half-way and its layer's place in the network. ${described} of ${counted(curves, 'curve')} could be described.`;
  return {
    title,
    caption,
    spec: jumpOverviewSpec({ title, lastStep, firstStep: firstStepAbove0(runs), jumps }),
  };
}

/** How often jumps and fast stretches come in the groups of a study; null where there is none. */
export function ratesFigure({ analysis }: ReportInput): EvidenceFigure | null {
  if (!analysis.rates.some(({ rate }) => rate.count > 0)) return null;
  const title = 'How often layers jump or are fast';
  const left = groupsBetween(analysis.rates).map(
    ({ by, all, atEachEnd, between: [low, high] }) =>
      ` Of ${brief(all)} groups by ${by} those with the ${atEachEnd} highest and the ${atEachEnd} lowest rates; the other ${brief(all - 2 * atEachEnd)} lie between ${brief(low)} and ${brief(high)}, and stand in the table of rates.`,
  );
  const caption = `Jumps and fast stretches per layer and 1,000 training steps, with ${coverage(analysis.alpha)} intervals.${left.join('')}`;
  return {
    title,
    caption,
    spec: jumpRateSpec({ title, rates: analysis.rates, confidence: 1 - analysis.alpha }),
  };
}
