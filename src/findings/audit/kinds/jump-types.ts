import { z } from 'zod';
import { jumpTypes as findTypes, type JumpFeatures, jumpFeatures } from '../../../dynamics/jump-types.ts';
import { permutationPValue } from '../../../numerics/permutation-p-value.ts';
import type { Random } from '../../../numerics/random.ts';
import { studentTCdf } from '../../../numerics/student-t.ts';
import type { AuditContext } from '../audit-context.ts';
import { claimKind } from '../claim-kind.ts';
import { percentileInterval } from '../cluster-bootstrap.ts';
import { idsOf, testedLayers } from '../wording.ts';

/** Bootstrap resamples: each clusters the jumps and their references anew. */
const RESAMPLES = 40;
/** Reference data sets of the gap statistic in each resample. */
const REFERENCES = 10;

/**
 * Jumps fall into `claimed` types.
 *
 * The effect is the number of types by the gap statistic, which may be one; its interval comes from clusters of runs drawn
 * with replacement. Null model: the jumps are one uniform cloud along their principal axes.
 */
export const jumpTypes = claimKind({
  kind: 'jump-types',
  parameters: {
    claimed: z.int({ error: 'a whole number' }).min(2, 'a whole number from 2').max(20, 'at most 20'),
  },
  checks: ['no-clusters', 'index-as-step', 'events-within-noise', 'constant-metric'],
  evaluate: ({ claimed }, context) => {
    const { analysis, rng, alpha } = context;
    const features = featuresOf(context);
    const all = features.flat();
    const bearing = features.flatMap((jumps, i) => (jumps.length > 0 ? [i] : []));
    const statistic = `Number of types among jumps (${analysis.detector}, ${analysis.seriesId}) by the gap statistic, on standardised features`;
    const maxTypes = Math.max(8, claimed + 1);
    const found = findTypes(all, rng.fork('types'), { maxTypes });
    if (!found.determined) {
      return {
        testable: false,
        statistic,
        reason: found.reason,
        needed: 'more jumps: more runs, longer training or denser measurement',
        runs: idsOf(context, bearing),
        notes: [testedLayers(context)],
      };
    }
    const { types, curve } = found;
    const silhouette = curve.find((point) => point.types === claimed)?.silhouette ?? null;
    return {
      testable: true,
      statistic,
      effect: {
        value: types,
        interval: percentileInterval(resampled(features, context, maxTypes, rng.fork('resamples')), alpha),
        unit: 'types',
      },
      claimed: { low: claimed, high: claimed },
      null: { model: 'one uniform cloud along the principal axes', pValue: oneCloudPValue(curve) },
      asserts: 'difference',
      runs: idsOf(context, bearing),
      notes: [
        testedLayers(context),
        `Features: ${found.features.join(', ')}.`,
        ...(silhouette === null
          ? []
          : [
              `k-means with k = ${claimed} always finds ${claimed} clusters; their mean silhouette is ${silhouette.toFixed(2)}.`,
            ]),
      ],
      evidence: {
        kind: 'gap-curve',
        title: `The gap statistic finds ${types === 1 ? 'no types' : `${types} types`} of jumps`,
        caption: `Gap of k-means over a uniform reference against the number of clusters, ± one standard error; the claim says ${claimed}, the gap statistic ${types}.`,
        curve: curve.map(({ types: clusters, gap, standardError }) => ({ clusters, gap, standardError })),
        chosen: types,
        claimed,
      },
    };
  },
});

function featuresOf({ analysis, runs }: AuditContext): JumpFeatures[][] {
  return analysis.runs.map(({ layers }, i) =>
    layers.flatMap(({ detection }) =>
      detection.testable
        ? detection.changes
            .filter(({ kind }) => kind === 'level')
            .map((change) => jumpFeatures(change, runs[i].plannedSteps))
        : [],
    ),
  );
}

/** Numbers of types when clusters of runs are drawn anew; resamples with too few different jumps are left out. */
function resampled(
  features: readonly (readonly JumpFeatures[])[],
  { clusters }: AuditContext,
  maxTypes: number,
  rng: Random,
): Float64Array {
  const numbers: number[] = [];
  for (let b = 0; b < RESAMPLES; b++) {
    const random = rng.fork(b);
    const drawn = clusters.flatMap(() =>
      clusters[random.integer(clusters.length)].flatMap((i) => features[i]),
    );
    const found = findTypes(drawn, random, { maxTypes, references: REFERENCES, restarts: 1 });
    if (found.determined) numbers.push(found.types);
  }
  return Float64Array.from(numbers);
}

/** How far the largest gap exceeds that of one cluster, in standard errors of 20 references; Bonferroni over numbers tried. */
function oneCloudPValue(
  curve: readonly { readonly types: number; readonly gap: number; readonly standardError: number }[],
): number {
  const [one, ...more] = curve;
  const degrees = 19;
  const smallest = Math.min(
    1,
    ...more.map(({ gap, standardError }) =>
      standardError > 0 ? 1 - studentTCdf((gap - one.gap) / standardError, degrees) : 1,
    ),
  );
  return Math.max(permutationPValue(0, 1e6), Math.min(1, smallest * more.length));
}
