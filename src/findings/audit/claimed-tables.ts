import { detectorNamed } from '../../dynamics/detectors.ts';
import type { Run } from '../../measurements/types.ts';
import type { ClaimedTables, EventTable } from '../../validity/data-checks/evidence.ts';
import type { StudyCheckpoint } from './audit-context.ts';
import type { ClaimsFile } from './claims-file.ts';
import { jumpsByIndex, jumpsByRule } from './jump-table.ts';

/**
 * What a claims file says of a study, as tables for the data checks: the events as its own rule counts them on its own
 * time axis, the comparisons between groups, the labels given to layers, the data sets that share examples.
 *
 * @example
 * runDataChecks(evidenceOf(runs, claimedTables(runs, claims)));
 */
export function claimedTables(
  runs: readonly Run[],
  claims: ClaimsFile,
  checkpoints: readonly StudyCheckpoint[] = [],
): ClaimedTables {
  const events = eventTables(runs, claims);
  return {
    events,
    eventCounts: eventCounts(runs, claims),
    comparisons: comparisons(runs, claims, events),
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

function eventTables(runs: readonly Run[], { asPublished }: ClaimsFile): EventTable[] {
  if (asPublished === null) return [];
  const { series, axis, detector } = asPublished;
  const jumpsOf = axis === 'index' ? jumpsByIndex : jumpsByRule;
  return runs.map((run) => ({
    name: `jumps (${detector} on ${series})`,
    run: run.id,
    steps: jumpsOf(run, series, detectorNamed(detector)).layers.flatMap(({ times }) => times),
    runLength: run.plannedSteps,
    measurements: run.steps.length,
    measuredSteps: run.steps,
  }));
}

function eventCounts(runs: readonly Run[], { asPublished }: ClaimsFile): ClaimedTables['eventCounts'] {
  if (asPublished === null) return [];
  const { series, detector } = asPublished;
  const detect = detectorNamed(detector);
  const countEvents = (values: Float64Array): number => {
    const detection = detect({ steps: Float64Array.from(values, (_, i) => i), values });
    return detection.testable ? detection.changes.length : 0;
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
  events: readonly EventTable[],
): ClaimedTables['comparisons'] {
  if (events.length === 0) return [];
  return claims.flatMap((claim) => {
    if (claim.kind !== 'rate-ratio-between-groups') return [];
    const groups = [claim.of, ...claim.over].map((name) => {
      const members = runs.flatMap((run, i) => (run[claim.by] === name ? [i] : []));
      return {
        name,
        count: members.reduce((sum, i) => sum + events[i].steps.length, 0),
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
    return runs
      .filter((run) => family === undefined || run.family === family)
      .flatMap((run) =>
        run.layers
          .filter(({ kind }) => kind === measuredKind)
          .map(({ name }) => ({ run: run.id, layer: name, label: layerKind.replaceAll('-', ' ') })),
      );
  });
}
