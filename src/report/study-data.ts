import { lossTitle } from '../figures/loss-label.ts';
import { nameOfGroup, runsByCondition } from '../findings/seed-groups.ts';
import { studyFactors } from '../measurements/factors.ts';
import type { FactorLevel } from '../measurements/types.ts';
import { type CurveMarks, curveMarks } from './curve-marks.ts';
import { LOSS } from './loss-choice.ts';
import type { ReportInput } from './types.ts';

/** What the page's charts know of the study before a run is opened. */
export interface StudyData {
  /** Id of the analyzed series. */
  readonly analyzed: string;
  /** What the series are called, by id; the loss is among them as `loss`. */
  readonly metrics: Readonly<Record<string, string>>;
  /** Ids of the series of which the page holds extremes and ends only. */
  readonly thinned: readonly string[];
  /** Names of what is varied beside network, data set and seed. */
  readonly factors: readonly string[];
  /** Names of layers in network order, of each network that differs in them. */
  readonly networks: readonly (readonly string[])[];
  /** What is the same of runs that differ in the seed alone. */
  readonly conditions: readonly ConditionFacts[];
  /** In study order. */
  readonly runs: readonly RunFacts[];
}

export interface ConditionFacts {
  /** Network, data set and settings. */
  readonly title: string;
  /** What the analysis tells of the mean over its seeds, layer by layer; null where there are no several, or too few values. */
  readonly marks: readonly (CurveMarks | null)[] | null;
}

export interface RunFacts {
  readonly id: string;
  readonly architecture: string;
  readonly dataset: string;
  readonly seed: number | null;
  /** Its level of each factor; null where it has none. */
  readonly levels: readonly (FactorLevel | null)[];
  /** Which of the networks it is. */
  readonly network: number;
  /** Which of the conditions it was trained under. */
  readonly condition: number;
}

/** @param metrics titles of the series that the page holds, by id. */
export function studyData(
  { manifest, runs, analysis }: ReportInput,
  metrics: Readonly<Record<string, string>>,
  thinned: readonly string[] = [],
): StudyData {
  const factors = studyFactors(manifest, runs);
  const conditions = runsByCondition(runs, factors);
  const conditionOf = new Map(conditions.flatMap(({ members }, c) => members.map(({ id }) => [id, c])));
  const networks: string[][] = [];
  const networkOf = new Map<string, number>();
  return {
    analyzed: analysis.seriesId,
    metrics: { ...metrics, [LOSS]: lossTitle('Training loss', runs) },
    thinned,
    factors: Object.keys(factors),
    runs: runs.map(({ id, architecture, dataset, seed, layers }) => {
      const names = layers.map(({ name }) => name);
      const key = JSON.stringify(names);
      const network = networkOf.get(key) ?? networks.push(names) - 1;
      networkOf.set(key, network);
      return {
        ...{ id, architecture, dataset, seed, network },
        levels: Object.values(factors).map((levels) => (Object.hasOwn(levels, id) ? levels[id] : null)),
        condition: conditionOf.get(id) as number,
      };
    }),
    networks,
    conditions: conditions.map(({ members, ...group }) => ({
      title: nameOfGroup(group),
      marks:
        analysis.seedGroups
          .find((group) => group.runs.includes(members[0].id))
          ?.layers.map(({ curve }) => (curve.described ? curveMarks(curve, null) : null)) ?? null,
    })),
  };
}
