import { createRandom, type Random } from '../numerics/random.ts';
import { categoriesDoNotAddUp } from './data-checks/categories-do-not-add-up.ts';
import { checkpointMismatch } from './data-checks/checkpoint-mismatch.ts';
import { constantInput } from './data-checks/constant-input.ts';
import { constantMetric } from './data-checks/constant-metric.ts';
import { countsWithoutExposure } from './data-checks/counts-without-exposure.ts';
import { dependentGroups } from './data-checks/dependent-groups.ts';
import { eventsWithinNoise } from './data-checks/events-within-noise.ts';
import type { Facts } from './data-checks/facts.ts';
import { identicalRuns } from './data-checks/identical-runs.ts';
import { incompleteRuns } from './data-checks/incomplete-runs.ts';
import { indexAsStep } from './data-checks/index-as-step.ts';
import { labelContradictsKind } from './data-checks/label-contradicts-kind.ts';
import { meanDominated } from './data-checks/mean-dominated.ts';
import { isMeasured } from './data-checks/measured-check.ts';
import { metricIdentities } from './data-checks/metric-identities.ts';
import { noClusters } from './data-checks/no-clusters.ts';
import { runsAtChance } from './data-checks/runs-at-chance.ts';
import { shareWithoutBaseRate } from './data-checks/share-without-base-rate.ts';
import { singleSeed } from './data-checks/single-seed.ts';
import { tokenColumns } from './data-checks/token-columns.ts';
import type { DataCheck, DataCheckResult } from './data-checks/types.ts';

export * from './data-checks/facts.ts';
export * from './data-checks/types.ts';

/** Every data check: first of what was measured, then of the runs, then of what is claimed. */
export const dataChecks: readonly DataCheck[] = [
  constantMetric,
  metricIdentities,
  meanDominated,
  tokenColumns,
  runsAtChance,
  incompleteRuns,
  singleSeed,
  identicalRuns,
  dependentGroups,
  indexAsStep,
  constantInput,
  eventsWithinNoise,
  shareWithoutBaseRate,
  categoriesDoNotAddUp,
  countsWithoutExposure,
  noClusters,
  checkpointMismatch,
  labelContradictsKind,
];

/**
 * All faults that the data checks find, in the order of the checks.
 *
 * @param rng for surrogates and drawn points; the same evidence gives the same results by default.
 * @example
 * runDataChecks(factsOf(runs)).filter(({ severity }) => severity === 'error');
 */
export function runDataChecks(facts: Facts, rng: Random = createRandom('data checks')): DataCheckResult[] {
  const looks = new Map(dataChecks.filter(isMeasured).map((check) => [check.name, check.begin(facts)]));
  for (const run of facts.runs) for (const look of looks.values()) look.see(run);
  return dataChecks.flatMap(
    (check) => looks.get(check.name)?.found() ?? check.check(facts, rng.fork(check.name)),
  );
}
