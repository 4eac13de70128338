import { z } from 'zod';
import { detectorNamed } from '../../../dynamics/detectors.ts';
import { determinedPoints } from '../../../dynamics/determined-points.ts';
import { jumpTypes as findTypes, type JumpFeatures, jumpFeatures } from '../../../dynamics/jump-types.ts';
import type { Detection } from '../../../dynamics/types.ts';
import { permutation, type Random } from '../../../numerics/random.ts';
import { studentTCdf } from '../../../numerics/student-t.ts';
import { counted } from '../../../wording/sentences.ts';
import type { AuditContext } from '../audit-context.ts';
import { claimKind } from '../claim-kind.ts';
import { FEWEST_CLUSTERS, percentileInterval } from '../cluster-bootstrap.ts';
import type { Evidence, OwnRule } from '../evidence.ts';
import { clustersAmong, tooFew } from '../ratio-estimate.ts';
import { idsOf, testedLayers } from '../wording.ts';

/** Bootstrap resamples: each clusters its jumps and their references anew. */
const RESAMPLES = 20;
/** Reference data sets of the gap statistic: for the jumps themselves and for each resample. */
const REFERENCES = { jumps: 20, resample: 10 };
/** Of more jumps so many are drawn: clusters that show only among thousands are no types to speak of. */
const MOST_JUMPS = 300;

/**
 * Jumps fall into `claimed` types.
 *
 * The effect is the number of types by the gap statistic, which may be one; its interval comes from clusters of runs drawn
 * with replacement, and has no upper end but the largest number tried where some of these show no types. Null model: the jumps are one uniform cloud along their principal axes.
 */
export const jumpTypes = claimKind({
  kind: 'jump-types',
  parameters: {
    claimed: z.int({ error: 'a whole number' }).min(2, 'a whole number from 2').max(20, 'at most 20'),
  },
  checks: ['no-clusters', 'index-as-step', 'events-within-noise', 'constant-metric'],
  assess: ({ claimed }, context) => {
    const { analysis, asPublished } = context;
    const features = analysis.runs.map(({ layers }, i) =>
      featuresOf(
        layers.map(({ detection }) => detection),
        context.runs[i].plannedSteps,
      ),
    );
    const bearing = features.flatMap((jumps, i) => (jumps.length > 0 ? [i] : []));
    const found = typesAmong(features, claimed, context);
    const own =
      asPublished &&
      typesAmong(ownFeatures(context), claimed, { ...context, rng: context.rng.fork('own rule') });
    const common = {
      statistic: `Number of types among jumps (${analysis.detector}, ${analysis.seriesId}) by the gap statistic, on standardized features`,
      claimed: { low: claimed, high: claimed },
      runs: idsOf(context, bearing),
      ...(own?.determined
        ? { ownRule: { detector: asPublished?.detector ?? '', effect: own.effect } satisfies OwnRule }
        : {}),
      notes: [
        testedLayers(context),
        ...(own?.determined
          ? [
              `Among ${counted(own.jumps, 'jump')} drawn from those of the claim's own rule the gap statistic finds ${own.effect.value} (${own.effect.interval.join(' to ')} when runs are drawn anew).`,
            ]
          : []),
        `k-means with k = ${claimed} finds ${claimed} clusters in anything.`,
      ],
    };
    const shown = found.determined ? found : own?.determined ? own : null;
    const evidence: { readonly evidence?: Evidence } =
      shown === null
        ? {}
        : {
            evidence: curveEvidence(
              shown,
              claimed,
              shown === found ? analysis.detector : `${asPublished?.detector}`,
            ),
          };
    if (!found.determined) {
      return {
        ...common,
        ...evidence,
        testable: false,
        reason: found.reason,
        needed: 'more jumps: more runs, longer training or denser measurement',
      };
    }
    return {
      ...common,
      ...evidence,
      testable: true,
      effect: found.effect,
      null: {
        model: 'one uniform cloud along the principal axes',
        pValue: oneCloudPValue(found.curve),
        expected: 1,
      },
      asserts: 'difference',
    };
  },
});

type Curve = readonly { readonly clusters: number; readonly gap: number; readonly standardError: number }[];

type Types =
  | {
      readonly determined: true;
      readonly jumps: number;
      readonly effect: OwnRule['effect'];
      readonly curve: Curve;
    }
  | { readonly determined: false; readonly reason: string };

/** The gap statistic of jumps that come run by run. */
function typesAmong(
  features: readonly (readonly JumpFeatures[])[],
  claimed: number,
  { clusters, rng, alpha }: AuditContext,
): Types {
  const groups = clustersAmong(
    clusters,
    features.flatMap((jumps, i) => (jumps.length > 0 ? [i] : [])),
  );
  if (groups.length < FEWEST_CLUSTERS) return { determined: false, reason: tooFew(groups.length) };
  const maxTypes = Math.max(8, claimed + 1);
  const drawn = atMost(features.flat(), rng.fork('drawn'));
  const found = findTypes(drawn, rng.fork('types'), { maxTypes, references: REFERENCES.jumps });
  if (!found.determined) return found;
  const numbers = resampledTypes(features, groups, maxTypes, rng.fork('resamples'));
  if (numbers.length === 0) return { determined: false, reason: 'no resample has jumps that differ' };
  // Where no types are found there may be some all the same: that the gap statistic misses them bounds nothing.
  const [fewest, most] = percentileInterval(numbers, alpha);
  return {
    determined: true,
    jumps: drawn.length,
    effect: { value: found.types, interval: [fewest, fewest === 1 ? maxTypes : most], unit: 'types' },
    curve: found.curve.map(({ types, gap, standardError }) => ({ clusters: types, gap, standardError })),
  };
}

function featuresOf(detections: readonly Detection[], plannedSteps: number): JumpFeatures[] {
  return detections.flatMap((detection) =>
    detection.testable
      ? detection.changes
          .filter(({ kind }) => kind === 'level')
          .map((change) => jumpFeatures(change, plannedSteps))
      : [],
  );
}

function ownFeatures({ runs, analysis, asPublished }: AuditContext): JumpFeatures[][] {
  if (asPublished === null) return [];
  const detect = detectorNamed(asPublished.detector);
  return runs.map(({ layers, steps, plannedSteps }) =>
    featuresOf(
      layers.flatMap(({ series }) => {
        const values = series.get(analysis.seriesId)?.values;
        return values === undefined ? [] : [detect(determinedPoints({ steps, values }).series)];
      }),
      plannedSteps,
    ),
  );
}

function atMost(jumps: readonly JumpFeatures[], rng: Random): readonly JumpFeatures[] {
  return jumps.length <= MOST_JUMPS
    ? jumps
    : Array.from(permutation(jumps.length, rng).subarray(0, MOST_JUMPS), (i) => jumps[i]);
}

/** Numbers of types when clusters of runs are drawn anew; resamples with too few different jumps are left out. */
function resampledTypes(
  features: readonly (readonly JumpFeatures[])[],
  groups: readonly (readonly number[])[],
  maxTypes: number,
  rng: Random,
): Float64Array {
  const numbers: number[] = [];
  for (let b = 0; b < RESAMPLES; b++) {
    const random = rng.fork(b);
    const drawn = groups.flatMap(() => groups[random.integer(groups.length)].flatMap((i) => features[i]));
    const found = findTypes(atMost(drawn, random), random, {
      maxTypes,
      references: REFERENCES.resample,
      restarts: 1,
    });
    if (found.determined) numbers.push(found.types);
  }
  return Float64Array.from(numbers);
}

/** How far the largest gap exceeds that of one cluster, in standard errors of the references; Bonferroni over numbers tried. */
function oneCloudPValue([one, ...more]: Curve): number {
  const smallest = Math.min(
    1,
    ...more.map(({ gap, standardError }) =>
      standardError > 0 ? studentTCdf((one.gap - gap) / standardError, REFERENCES.jumps - 1) : 1,
    ),
  );
  return Math.min(1, smallest * more.length);
}

function curveEvidence(
  { curve, effect, jumps }: Types & { determined: true },
  claimed: number,
  rule: string,
): Evidence {
  const types = effect.value;
  return {
    kind: 'gap-curve',
    title:
      types === 1
        ? 'The gap statistic finds no types of jumps'
        : `The gap statistic finds ${types} types of jumps`,
    caption: `Gap of k-means over a uniform reference against the number of clusters, ± one standard error, for ${counted(jumps, 'jump')} (${rule}); the claim says ${claimed}, the gap statistic ${types}.`,
    curve,
    chosen: types,
    claimed,
  };
}
