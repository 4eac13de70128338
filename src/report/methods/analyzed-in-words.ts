import { type DetectorName, detectors } from '../../detectors/registry.ts';
import { changesInWords } from '../../dynamics/changes-in-words.ts';
import { sampledOrders } from '../../dynamics/convergence-order.ts';
import { jumpTypesDefaults } from '../../dynamics/jump-types.ts';
import type { StudyAnalysis } from '../../findings/study-analysis.ts';
import { brief, capital, counted, coverage, noneOr } from '../../wording/sentences.ts';
import type { Cite } from './cite.ts';
import type { ReferenceKey } from './references.ts';

/** How curves were divided, told from their null models, and held together over the study. */
export function curvesInWords({ heldStretches, seedGroups, runs }: StudyAnalysis, cite: Cite): string {
  const { inRuns, overSeeds } = heldStretches;
  const curves = runs.reduce((sum, { layers }) => sum + layers.length, 0);
  const seeds = seedGroups.map((group) => group.runs.length);
  return [
    `Each curve was divided into stretches that stay level, rise, fall or wander. A stretch moved where it goes beyond the jitter between measurements (a constant with noise that is forgotten within some measurements); it rises or falls where it goes further than a walk of independent increments without a direction as well.`,
    `The thresholds of both null models are simulated through the whole procedure, so that the chance of any such stretch in a curve of its null model is ${brief(inRuns.rate)}.`,
    `${brief(inRuns.series)} of ${counted(curves, 'curve')} could be described; they have ${counted(inRuns.found, 'rise or fall', 'rises and falls')}, of which ${brief(inRuns.holding)} hold at a false discovery rate of ${brief(inRuns.rate)} over all curves: selected by the procedure of Benjamini and Hochberg on the smallest p-value of each curve, and held within the selected ones at the rate times the share selected ${cite('benjamini1995controlling', 'benjamini2014selective')}.`,
    ...(overSeeds === null
      ? []
      : [
          `Runs that differ in the seed alone (${counted(seedGroups.length, 'group')} of ${Math.min(...seeds) === Math.max(...seeds) ? counted(seeds[0], 'seed') : `${Math.min(...seeds)} to ${Math.max(...seeds)} seeds`}) were also described by their mean, with bands and intervals over seeds; there ${brief(overSeeds.holding)} of ${brief(overSeeds.found)} rises and falls hold.`,
        ]),
  ].join(' ');
}

/** The detector of steps, and what may be expected of it. */
export function detectorInWords({ detector, alpha, falseDiscoveries }: StudyAnalysis, cite: Cite): string {
  const { marks, errorControl, referenceOf } = detectors[detector];
  const source = detectorSources[detector];
  const control = falseDiscoveries.determined
    ? ` Over all series together, ${changesInWords(falseDiscoveries)} ${cite('benjamini1995controlling', 'benjamini2014selective')}.`
    : '';
  return (
    [
      `Steps out of a smooth trend were looked for with the detector ${detector}${referenceOf === null ? '' : `, the rule of ${referenceOf}`}${source === undefined ? '' : ` ${cite(source)}`}, which marks ${marks}.`,
      errorControl === null
        ? 'It has no error control: it marks changes in series without any, and what it marks is no evidence by itself.'
        : `The chance of any false change in a series is about ${brief(alpha)} ${errorControl.replaceAll('`', '')}.`,
    ].join(' ') + control
  );
}

const detectorSources: Readonly<Partial<Record<DetectorName, ReferenceKey>>> = {
  pelt: 'killick2012optimal',
  'binary-segmentation': 'scott1974cluster',
  wbs2: 'fryzlewicz2020detecting',
  'sliding-window': 'truong2020selective',
  'bottom-up': 'keogh2001online',
};

/** How runs as a whole were tested. */
export function runChangesInWords(
  { runs, seedGroups, heldRunChanges, alpha }: StudyAnalysis,
  cite: Cite,
): string | null {
  const tested = [...runs, ...seedGroups].flatMap(({ runChanges }) =>
    runChanges.testable ? [runChanges] : [],
  );
  if (tested.length === 0) return null;
  const controls = tested.map((one) => one.controls).filter((count) => count > 0);
  const against =
    controls.length === 0
      ? 'its own past'
      : `${Math.min(...controls)} to ${Math.max(...controls)} control runs of the same network and data`;
  const { inRuns, overSeeds } = heldRunChanges;
  return [
    `Whether a run as a whole changed was tested on the dimensionality, size and velocity of all layers and the loss at once, against ${against}, at a chance of ${brief(alpha)} of any change in a run in which nothing changes. Thresholds and p-values (0.0005 at least) are those of the worst of the simulated families of runs.`,
    `${capital(noneOr(inRuns.changed))} of ${counted(inRuns.tested, 'run')} changed${inRuns.changed === 0 ? '' : `; ${brief(inRuns.holding)} also`} at a false discovery rate of ${brief(inRuns.rate)} over runs ${cite('benjamini1995controlling')}.`,
    ...(overSeeds === null || overSeeds.tested === 0
      ? []
      : [
          `Over seeds, ${noneOr(overSeeds.changed)} of ${counted(overSeeds.tested, 'group')} changed${overSeeds.changed === 0 ? '' : `; ${brief(overSeeds.holding)} also at that rate`}.`,
        ]),
  ].join(' ');
}

/** How layers of a run were compared with one another and with the loss. */
export function layersTogetherInWords({ runs }: StudyAnalysis, cite: Cite): string | null {
  const orders = runs.flatMap(({ convergenceOrder: { method } }) => method ?? []);
  const shifts = runs.flatMap(({ criticalPeriods: { coordination } }) =>
    coordination.determined ? [coordination.shifts] : [],
  );
  const losses = runs.filter(({ criticalPeriods: { loss } }) => loss.determined).length;
  const said = [
    ...(orders.length > 0
      ? [
          `The order in which layers become stable was held against their depth by Kendall's tau-b ${cite('kendall1945treatment')} and its permutation distribution (${orderMethods(orders)}; ${counted(orders.length, 'run')}).`,
        ]
      : []),
    ...(shifts.length > 0
      ? [
          `Whether layers are fast at the same time was held against ${brief(shifts[0])} circular shifts of each layer by an offset of its own (${counted(shifts.length, 'run')}), with the largest share of layers as the statistic, so that p-values hold for all intervals of a run together, and count the observed one among the draws ${cite('phipson2010permutation')}.`,
        ]
      : []),
    ...(losses > 0
      ? [
          `Whether the loss falls more often while layers are fast was held against circular shifts of the loss (${counted(losses, 'run')}).`,
        ]
      : []),
  ];
  return said.length === 0 ? null : said.join(' ');
}

/** How often layers jump, and whether jumps fall into types. */
export function ratesInWords({ rates, jumpTypes, alpha }: StudyAnalysis, cite: Cite): string | null {
  const { maxTypes, references, restarts } = jumpTypesDefaults;
  const said = [
    ...(rates.some(({ rate }) => rate.determined)
      ? [
          `Rates of jumps and fast rises and falls are counts over the training steps that were measured, per layer and 1,000 steps, with exact ${coverage(alpha)} intervals of a Poisson count ${cite('garwood1936fiducial')}; shares of runs have exact binomial intervals ${cite('clopper1934use')}.`,
        ]
      : []),
    ...(jumpTypes.determined
      ? [
          `Whether they fall into types was asked by k-means ${cite('arthur2007kmeans')} on standardized features (${jumpTypes.features.join(', ')}), the number of types, from 1 to ${maxTypes}, by the gap statistic with ${references} reference sets and ${restarts} starts ${cite('tibshirani2001estimating')}; it found ${jumpTypes.types === 1 ? 'one group, and so none' : brief(jumpTypes.types)}.`,
        ]
      : []),
  ];
  return said.length === 0 ? null : said.join(' ');
}

function orderMethods(methods: readonly ('exact' | 'sampled')[]): string {
  const sampled = `${brief(sampledOrders)} orders drawn`;
  if (!methods.includes('sampled')) return 'exact';
  return methods.includes('exact') ? `exact, or ${sampled} where there are too many` : sampled;
}
