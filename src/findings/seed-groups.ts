import { curveAlpha, type LayerDynamics, type RunDynamics } from '../dynamics/analyze-run.ts';
import { changesOfRuns } from '../dynamics/run-changes/changes-of-run.ts';
import type { RunChanges } from '../dynamics/run-changes/types.ts';
import { describeSeeds } from '../dynamics/stretches/describe-seeds.ts';
import { type OverSeeds, overSeeds } from '../dynamics/stretches/seeds/over-seeds.ts';
import type { SeedsDescription } from '../dynamics/stretches/seeds/types.ts';
import type { FactorLevel, Run, StudyFactors } from '../measurements/types.ts';
import { groupBy } from '../numerics/group-by.ts';
import { controlsOf } from './controls-of.ts';

/** Runs that differ in the seed alone, and what each layer does over them. */
export interface SeedGroup {
  readonly architecture: string;
  readonly dataset: string;
  /** What of the settings differs between the groups of the study, e.g. `learningRate 0.001`; empty where nothing does. */
  readonly conditions: string;
  readonly runs: readonly string[];
  /** In network order. */
  readonly layers: readonly SeedGroupLayer[];
  /** When the runs as a whole changed: what happens in all of them adds up. */
  readonly runChanges: RunChanges;
}

export interface SeedGroupOptions {
  readonly seriesId: string;
  readonly alpha: number;
  /** Controls, of which those of its network and data are compared with each group. */
  readonly against?: readonly Run[];
}

export interface SeedGroupLayer {
  readonly layer: string;
  readonly curve: SeedsDescription;
  /** Where the layer is stable in the seeds. */
  readonly stabilized: {
    /** Seeds in which it moved and is stable. */
    readonly seeds: number;
    /** Over these, from which training step on; null where there is none. */
    readonly step: OverSeeds | null;
    /** Over these, within how much of its end; null where there is none. */
    readonly band: OverSeeds | null;
    /** Seeds in which no movement was told from the noise. */
    readonly unmoved: number;
  };
}

/** Runs that differ in the seed alone, before anything is said of them. */
export interface SeedGroupRuns<R = Run> extends Pick<SeedGroup, 'architecture' | 'dataset' | 'conditions'> {
  readonly members: readonly R[];
}

/** What a group is called, e.g. `mlp, mnist, learningRate 0.001`. */
export function nameOfGroup({
  architecture,
  dataset,
  conditions,
}: Pick<SeedGroup, 'architecture' | 'dataset' | 'conditions'>): string {
  return [architecture, dataset, conditions].filter((part) => part !== '').join(', ');
}

/** What is told from the runs of a group together: the part that takes time. */
export interface SeedsTogether {
  /** In network order. */
  readonly curves: readonly SeedsDescription[];
  readonly runChanges: RunChanges;
}

/** The groups of `runsByCondition` that are seeds of one another: two runs or more, each with a seed of its own. */
export function groupsOfSeeds(runs: readonly Run[], factors: StudyFactors = {}): SeedGroupRuns[] {
  return runsByCondition(runs, factors).filter(
    ({ members }) => new Set(members.map(({ seed }) => seed)).size === members.length && members.length > 1,
  );
}

/**
 * Runs that differ in the seed alone, single ones too: of the same network (layer for layer), data, settings and factors. Others are never
 * pooled.
 *
 * @param factors what is varied between the runs on purpose; see `studyFactors`.
 */
export function runsByCondition(runs: readonly Run[], factors: StudyFactors = {}): SeedGroupRuns[] {
  const levelsOf = ({ id }: Run): [string, FactorLevel][] =>
    Object.entries(factors).flatMap(([name, levels]) =>
      Object.hasOwn(levels, id) ? [[name, levels[id]]] : [],
    );
  const groups = groupBy(runs, (run) =>
    JSON.stringify([
      run.architecture,
      run.dataset,
      run.hyperparameters,
      levelsOf(run),
      run.layers.map(({ name }) => name),
    ]),
  );
  // A factor that is a setting too is said once.
  const varied = variedSettings(runs).filter((name) => !Object.hasOwn(factors, name));
  return [...groups.values()].map((members) => ({
    architecture: members[0].architecture,
    dataset: members[0].dataset,
    conditions: [
      ...levelsOf(members[0]),
      ...varied
        .filter((name) => name in members[0].hyperparameters)
        .map((name) => [name, members[0].hyperparameters[name]] as const),
    ]
      .map(([name, value]) => `${name} ${value}`)
      .join(', '),
    members,
  }));
}

/** What the layers do over the runs of a group, and when the runs as a whole changed together. */
export function seedsTogether(
  members: readonly Run[],
  { seriesId, alpha, against }: SeedGroupOptions,
): SeedsTogether {
  return {
    curves: members[0].layers.map((_, l) =>
      describeSeeds(
        members.map(({ steps, layers }) => ({ steps, values: layers[l].series.get(seriesId)!.values })),
        { alpha: curveAlpha(alpha) },
      ),
    ),
    runChanges: changesOfRuns(members, { alpha, against: controlsOf(members, against) }),
  };
}

/**
 * A group with what is known of it.
 *
 * @param dynamics of its members, in their order.
 * @param inMemory whether what its layers do stays there; else it is asked for whenever it is looked at.
 */
export function describedGroup(
  { members, ...group }: SeedGroupRuns,
  together: SeedsTogether,
  dynamics: readonly RunDynamics[],
  inMemory = true,
): SeedGroup {
  const about = { ...group, runs: members.map(({ id }) => id) };
  const names = members[0].layers.map(({ name }) => name);
  const stabilized = stabilizedLayers(dynamics);
  const layersOf = (): SeedGroupLayer[] => {
    const { curves } = together;
    return names.map((layer, l) => ({ layer, curve: curves[l], stabilized: stabilized[l] }));
  };
  if (inMemory) return { ...about, layers: layersOf(), runChanges: together.runChanges };
  return {
    ...about,
    get layers() {
      return layersOf();
    },
    get runChanges() {
      return together.runChanges;
    },
  };
}

/** Of every layer; looked at once, as the runs it is from may have to be read. */
function stabilizedLayers(dynamics: readonly RunDynamics[]): SeedGroupLayer['stabilized'][] {
  const single = dynamics.map(({ layers }) => layers);
  return single[0].map((_, l) => stabilizedIn(single.map((layers) => layers[l])));
}

function stabilizedIn(layers: readonly LayerDynamics[]): SeedGroupLayer['stabilized'] {
  const stable = layers.map(({ stabilization: own }) => (own.status === 'stabilized' ? own : null));
  return {
    seeds: stable.filter((own) => own !== null).length,
    step: overSeeds(stable.map((own) => own?.step ?? null)),
    band: overSeeds(stable.map((own) => own?.band ?? null)),
    unmoved: layers.filter(({ stabilization: own }) => 'range' in own).length,
  };
}

function variedSettings(runs: readonly Run[]): string[] {
  const names = [...new Set(runs.flatMap(({ hyperparameters }) => Object.keys(hyperparameters)))];
  return names.filter((name) => new Set(runs.map(({ hyperparameters }) => hyperparameters[name])).size > 1);
}
