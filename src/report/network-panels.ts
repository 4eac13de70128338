import type { RunDynamics } from '../dynamics/analyze-run.ts';
import { nameOfGroup, type SeedGroup } from '../findings/seed-groups.ts';
import type { StudyAnalysis } from '../findings/study-analysis.ts';
import type { Run } from '../measurements/types.ts';
import { counted } from '../wording/sentences.ts';
import type { ReportInput } from './types.ts';

/** A screen shows no more, and of further networks the run sections have the curves. */
const MOST_PANELS = 12;

/** What one panel of a figure over networks is of: the seeds of a network and condition, or a run that has no others. */
export type NetworkPanel = {
  readonly title: string;
  readonly architecture: string;
  /** Rises and falls with a p-value of at most this hold over all curves of the study. */
  readonly threshold: number;
} & (
  | { readonly of: 'seeds'; readonly group: SeedGroup }
  | { readonly of: 'run'; readonly run: Run; readonly dynamics: RunDynamics }
);

export interface NetworkPanels {
  readonly shown: readonly NetworkPanel[];
  /** How many there would be. */
  readonly all: number;
  /** What each of them is, in words. */
  readonly kind: string;
}

/** The panels of networks of which something could be described: of many the first of each architecture. */
export function networkPanels({ runs, analysis }: Pick<ReportInput, 'runs' | 'analysis'>): NetworkPanels {
  const all = candidates(runs, analysis);
  const kind = analysis.seedGroups.length > 0 ? 'network and condition' : 'run';
  if (all.length <= MOST_PANELS) return { shown: all, all: all.length, kind };
  const firsts = all.filter(
    ({ architecture }, i) => all.findIndex((other) => other.architecture === architecture) === i,
  );
  return { shown: firsts.slice(0, MOST_PANELS), all: all.length, kind };
}

/** Says of a figure of these panels that it does not show all of them; empty where it does. */
export function panelsLeft({ shown, all }: NetworkPanels): string {
  return shown.length < all ? ` (${shown.length} of ${all}; the others run by run below)` : '';
}

function candidates(
  runs: readonly Run[],
  { runs: analyzed, seedGroups, heldStretches: { inRuns, overSeeds } }: StudyAnalysis,
): NetworkPanel[] {
  const grouped = new Set(seedGroups.flatMap((group) => group.runs));
  const dynamics = new Map(analyzed.map((run) => [run.runId, run]));
  const isDescribed = ({ curve }: { readonly curve: { readonly described: boolean } }) => curve.described;
  return [
    ...seedGroups
      .filter(({ layers }) => layers.some(isDescribed))
      .map((group): NetworkPanel => {
        const { architecture } = group;
        const title = `${nameOfGroup(group)} (${counted(group.runs.length, 'seed')})`;
        return { title, architecture, threshold: overSeeds?.threshold ?? 0, of: 'seeds', group };
      }),
    ...runs.flatMap((run): NetworkPanel[] => {
      const own = dynamics.get(run.id);
      if (own === undefined || grouped.has(run.id) || !own.layers.some(isDescribed)) return [];
      const { id: title, architecture } = run;
      return [{ title, architecture, threshold: inRuns.threshold, of: 'run', run, dynamics: own }];
    }),
  ];
}
