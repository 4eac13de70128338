import { curveAlpha, type LayerDynamics, type RunDynamics } from '../dynamics/analyze-run.ts';
import { changesOfRuns } from '../dynamics/run-changes/changes-of-run.ts';
import type { RunChanges } from '../dynamics/run-changes/types.ts';
import { describeSeeds } from '../dynamics/stretches/describe-seeds.ts';
import { type OverSeeds, overSeeds } from '../dynamics/stretches/seeds/over-seeds.ts';
import type { SeedsDescription } from '../dynamics/stretches/seeds/types.ts';
import type { FactorLevel, Run, StudyFactors } from '../measurements/types.ts';
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
  /** What is varied between the runs on purpose; see `studyFactors`. */
  readonly factors?: StudyFactors;
  readonly seriesId: string;
  readonly alpha: number;
  /** Controls, of which those of its network and data are compared with each group. */
  readonly against?: readonly Run[];
}

export interface SeedGroupLayer {
  readonly layer: string;
  readonly curve: SeedsDescription;
  /** Seeds in which the layer is stable, and over these, from which training step on; null where there is none. */
  readonly stabilized: { readonly seeds: number; readonly step: OverSeeds | null };
}

/**
 * Puts together runs that differ in nothing but the seed and describes each layer over them. Runs of other settings are
 * other conditions, never pooled; a run without another of its kind is in no group.
 *
 * @param analyzed the same runs, in the same order.
 */
export function seedGroups(
  runs: readonly Run[],
  analyzed: readonly RunDynamics[],
  { seriesId, alpha, factors = {}, against }: SeedGroupOptions,
): SeedGroup[] {
  const dynamics = new Map(runs.map((run, i) => [run, analyzed[i]]));
  const levelsOf = ({ id }: Run): [string, FactorLevel][] =>
    Object.entries(factors).flatMap(([name, levels]) =>
      Object.hasOwn(levels, id) ? [[name, levels[id]]] : [],
    );
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    const key = JSON.stringify([
      run.architecture,
      run.dataset,
      run.hyperparameters,
      levelsOf(run),
      run.layers.map(({ name }) => name),
    ]);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  // A factor that is a setting too is said once.
  const varied = variedSettings(runs).filter((name) => !Object.hasOwn(factors, name));
  return [...groups.values()]
    .filter(
      (members) => new Set(members.map(({ seed }) => seed)).size === members.length && members.length > 1,
    )
    .map((members) => ({
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
      runs: members.map(({ id }) => id),
      layers: members[0].layers.map(({ name }, l) => ({
        layer: name,
        curve: describeSeeds(
          members.map(({ steps, layers }) => ({ steps, values: layers[l].series.get(seriesId)!.values })),
          { alpha: curveAlpha(alpha) },
        ),
        stabilized: stabilizedIn(members.map((run) => dynamics.get(run)?.layers[l])),
      })),
      runChanges: changesOfRuns(members, { alpha, against: controlsOf(members, against) }),
    }));
}

function stabilizedIn(layers: readonly (LayerDynamics | undefined)[]): SeedGroupLayer['stabilized'] {
  const steps = layers.map((layer) =>
    layer?.stabilization.status === 'stabilized' ? layer.stabilization.step : null,
  );
  return { seeds: steps.filter((step) => step !== null).length, step: overSeeds(steps) };
}

function variedSettings(runs: readonly Run[]): string[] {
  const names = [...new Set(runs.flatMap(({ hyperparameters }) => Object.keys(hyperparameters)))];
  return names.filter((name) => new Set(runs.map(({ hyperparameters }) => hyperparameters[name])).size > 1);
}
