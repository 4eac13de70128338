import { typicalGap } from '../detectors/spacing.ts';
import type { LayerDynamics, RunDynamics } from '../dynamics/analyze-run.ts';
import { fastStretches } from '../dynamics/stretches/fast-stretches.ts';
import type { Layer, Run } from '../measurements/types.ts';
import { groupBy } from '../numerics/group-by.ts';
import { brief, counted, someOf } from '../wording/sentences.ts';

/** What to measure otherwise, so that the next study says what this one leaves open. */
export interface MeasurementAdvice {
  /** The key of a study file's `measurement` that it is about. */
  readonly setting: 'every' | 'samples';
  /** Layer series that it concerns. */
  readonly series: number;
  /** What is left open, and what would show it, in a sentence or two. */
  readonly message: string;
}

/** A transition of fewer intervals between measurements has no course to be seen. */
const FEWEST_INTERVALS = 3;
/** Measurements within a transition that show its course. */
const WANTED_WITHIN = 10;
/** So many measurements tell a direction from a walk for movements of some 8 standard deviations. */
const WANTED_MEASUREMENTS = 400;
/** With fewer measurements more is to be had from measuring more often. */
const FEW_MEASUREMENTS = 100;
/** A dimensionality beyond this share of the samples is too low by about as much: 1/PR is raised by 1/samples. */
const LARGEST_SHARE_OF_SAMPLES = 0.1;
/** Metrics that count dimensions without a correction for the number of samples. */
const UNCORRECTED = /^(participation_ratio|effective_rank|rank_90)(\.raw)?$/;

/**
 * Advice from what the measurements could not show: transitions within a measuring interval or two, curves too short for a
 * direction, dimensionalities that the samples hold down.
 *
 * @param runs of which `analyzed` says the same series, in the same order.
 */
export function measurementAdvice(
  runs: readonly Run[],
  analyzed: readonly RunDynamics[],
): MeasurementAdvice[] {
  const found = runs.flatMap((run, i) =>
    analyzed[i].layers.flatMap((layer, l): Concern[] => {
      const name = `${run.id} ${layer.layer}`;
      return [
        ...unseenCourse(run, layer),
        ...tooShort(run, layer),
        ...tooFewSamples(run.layers[l], layer, analyzed[i].seriesId),
      ].map((concern) => ({ ...concern, name }));
    }),
  );
  const groups = groupBy(found, ({ advice }) => advice);
  return [...groups.values()].map((concerns) => ({
    setting: concerns[0].setting,
    series: concerns.length,
    message: `${concerns[0].open} in ${counted(concerns.length, 'layer')} (${someOf(concerns.map(({ name }) => name))}). ${concerns[0].advice}`,
  }));
}

interface Concern {
  readonly name: string;
  readonly setting: MeasurementAdvice['setting'];
  readonly open: string;
  readonly advice: string;
}

function unseenCourse({ steps }: Run, { curve }: LayerDynamics): Omit<Concern, 'name'>[] {
  const unseen = fastStretches(curve).filter(({ from, to }) => to.index - from.index < FEWEST_INTERVALS);
  const gaps = unseen.map(({ to }) => steps[to.index] - steps[to.index - 1]);
  const widest = Math.max(0, ...gaps);
  // Between neighboring training steps there is nothing to measure.
  if (widest <= 1) return [];
  const every = Math.max(1, Math.floor((FEWEST_INTERVALS * widest) / WANTED_WITHIN));
  const early = unseen.every(({ to }) => to.step <= steps[steps.length - 1] / 10);
  return [
    {
      setting: 'every',
      open: `A rise or fall takes less than ${FEWEST_INTERVALS} measuring intervals, and its course is not seen`,
      advice: `Measure it at every ${every === 1 ? 'step' : `${every} steps`}: \`measurement: {every: ${every}}\`${
        early ? ', or, as it comes early, `{every: {perDecade: 20}}`' : ''
      }.`,
    },
  ];
}

function tooShort({ steps }: Run, { curve }: LayerDynamics): Omit<Concern, 'name'>[] {
  const count = curve.described ? curve.measurements : steps.length;
  const shown = curve.described && curve.stretches.some(({ toldFrom }) => toldFrom === 'walk');
  if (shown || count >= FEW_MEASUREMENTS || steps.length < 2) return [];
  const every = Math.max(1, Math.floor((steps[steps.length - 1] - steps[0]) / WANTED_MEASUREMENTS));
  if (every >= typicalGap(steps)) return [];
  return [
    {
      setting: 'every',
      open: `${brief(count)} measurements are too few to show a direction`,
      advice: `Some ${WANTED_MEASUREMENTS} would show movements of 8 noise sd: \`measurement: {every: ${every}}\`.`,
    },
  ];
}

function tooFewSamples(
  { samples, series }: Layer,
  { curve }: LayerDynamics,
  seriesId: string,
): Omit<Concern, 'name'>[] {
  if (samples === null || !curve.described || !UNCORRECTED.test(seriesId)) return [];
  const most = Math.max(...curve.stretches.flatMap(({ fromValue, toValue }) => [fromValue, toValue]));
  if (most <= LARGEST_SHARE_OF_SAMPLES * samples) return [];
  const corrected = series.has('participation_ratio_corrected')
    ? ', or look at `--metric participation_ratio_corrected`'
    : '';
  return [
    {
      setting: 'samples',
      open: `The ${samples} samples hold the dimensionality down: it is measured as more than a tenth of their number`,
      advice: `Take more of them: \`measurement: {samples: ${roundedUp(samples)}}\`${corrected}.`,
    },
  ];
}

/** Several times as many. */
function roundedUp(samples: number): number {
  return 100 * Math.ceil((5 * samples) / 100);
}
