import { detectorNamed } from '../../detectors/registry.ts';
import { jumpsIn } from '../../dynamics/jumps-in.ts';
import type { Run } from '../../measurements/types.ts';
import type { ClaimedTables, EventTable } from '../../validity/data-checks/facts.ts';
import type { StudyCheckpoint } from './audit-context.ts';
import type { ClaimsFile } from './claims-file.ts';
import { jumpsByIndex, jumpsByRule } from './jump-table.ts';

/**
 * What a claims file says of a study, as tables for the data checks: the events as its own rule counts them on its own
 * time axis, the comparisons between groups, the labels given to layers, the data sets that share examples.
 *
 * @example
 * runDataChecks(factsOf(runs, claimedTables(runs, claims)));
 */
export function claimedTables(
  runs: readonly Run[],
  claims: ClaimsFile,
  checkpoints: readonly StudyCheckpoint[] = [],
): ClaimedTables {
  const eventSteps = eventStepsOf(runs, claims);
  return {
    events: eventTables(runs, claims, eventSteps),
    eventCounts: eventCounts(runs, claims),
    comparisons: comparisons(runs, claims, eventSteps),
    tallies: claims.tallies,
    layerLabels: layerLabels(runs, claims),
    datasetRelations: claims.dependentDatasets.flatMap((names) =>
      names
        .slice(1)
        .map((name) => ({ datasets: [names[0], name] as const, relation: 'shares its examples with' })),
    ),
    checkpoints: checkpoints.map(({ run, step, tensors }) => ({
      name: `checkpoint of ${run} at step ${step}`,
      run,
      tensors: [...tensors].map(([name, { shape }]) => ({ name, shape })),
    })),
  };
}

/** One table of all runs of a length: what is wrong with an axis is wrong with it in every run. */
function eventTables(
  runs: readonly Run[],
  { asPublished }: ClaimsFile,
  eventSteps: readonly number[][],
): EventTable[] {
  if (asPublished === null) return [];
  const lengths = new Map<string, number[]>();
  runs.forEach(({ plannedSteps, steps }, i) => {
    const key = `${plannedSteps}/${steps.length}`;
    lengths.set(key, [...(lengths.get(key) ?? []), i]);
  });
  return [...lengths.values()].map((members) => {
    const { plannedSteps, steps } = runs[members[0]];
    return {
      name: `jumps (${asPublished.detector} on ${asPublished.series})`,
      run: null,
      steps: members.flatMap((i) => eventSteps[i]),
      runLength: plannedSteps,
      measurements: steps.length,
      measuredSteps: steps,
    };
  });
}

/** The steps at which the claims' own rule puts the jumps of each run. */
function eventStepsOf(runs: readonly Run[], { asPublished }: ClaimsFile): number[][] {
  if (asPublished === null) return [];
  const { series, axis, detector } = asPublished;
  const jumpsOf = axis === 'index' ? jumpsByIndex : jumpsByRule;
  return runs.map((run) =>
    jumpsOf(run, series, detectorNamed(detector)).layers.flatMap(({ times }) => times),
  );
}

function eventCounts(runs: readonly Run[], { asPublished }: ClaimsFile): ClaimedTables['eventCounts'] {
  if (asPublished === null) return [];
  const { series, detector } = asPublished;
  const detect = detectorNamed(detector);
  const countEvents = (values: Float64Array): number => {
    return jumpsIn(detect({ steps: Float64Array.from(values, (_, i) => i), values })).length;
  };
  const all = runs.flatMap(({ layers }) =>
    layers.flatMap((layer) => {
      const values = layer.series.get(series)?.values;
      return values === undefined || !values.every(Number.isFinite) ? [] : [values];
    }),
  );
  return [
    {
      name: `jumps (${detector} on ${series})`,
      run: null,
      count: all.reduce((sum, values) => sum + countEvents(values), 0),
      opportunities: all.reduce((sum, values) => sum + Math.max(0, values.length - 1), 0),
      threshold: detector === 'published-z' ? 2 : null,
      series: all,
      countEvents,
    },
  ];
}

/** Claims that set groups against each other by the number of their jumps. */
function comparisons(
  runs: readonly Run[],
  { claims }: ClaimsFile,
  eventSteps: readonly number[][],
): ClaimedTables['comparisons'] {
  if (eventSteps.length === 0) return [];
  return claims.flatMap((claim) => {
    if (claim.kind !== 'rate-ratio-between-groups') return [];
    const groups = [claim.of, ...claim.over].map((name) => {
      const members = runs.flatMap((run, i) => (run[claim.by] === name ? [i] : []));
      return {
        name,
        count: members.reduce((sum, i) => sum + eventSteps[i].length, 0),
        exposure: members.reduce((sum, i) => sum + runs[i].layers.length * runs[i].plannedSteps, 0),
      };
    });
    return [{ name: claim.claim, unit: 'layer steps', comparedBy: 'count' as const, groups }];
  });
}

/** Layers that a claim calls something which, by its own account, was measured at another kind of layer. */
function layerLabels(runs: readonly Run[], { claims }: ClaimsFile): ClaimedTables['layerLabels'] {
  return claims.flatMap((claim) => {
    if (claim.kind !== 'share-of-jumps-in-kind' || claim.measuredKind === undefined) return [];
    const { family, layerKind, measuredKind } = claim;
    const layers = runs
      .filter((run) => family === undefined || run.family === family)
      .flatMap((run) => run.layers.filter(({ kind }) => kind === measuredKind).map(({ name }) => name));
    return [...new Set(layers)].map((layer) => ({ run: null, layer, label: layerKind.replaceAll('-', ' ') }));
  });
}
