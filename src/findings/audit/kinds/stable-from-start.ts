import type { LayerDynamics } from '../../../dynamics/analyze-run.ts';
import type { CurveDescription } from '../../../dynamics/stretches/types.ts';
import type { Run } from '../../../measurements/types.ts';
import { median } from '../../../numerics/quantile.ts';
import { brief, counted, percent } from '../../../wording/sentences.ts';
import { typeset } from '../../../wording/typeset.ts';
import type { AuditContext } from '../audit-context.ts';
import { claimKind, shareParameter } from '../claim-kind.ts';
import { bootstrapPValue } from '../cluster-bootstrap.ts';
import type { Evidence } from '../evidence.ts';
import { estimateRatio } from '../ratio-estimate.ts';
import { idsOf, withoutChance } from '../wording.ts';

/**
 * The dimensionality of layers does not change from the first measurement on.
 *
 * A layer has moved if its curve shows a movement beyond its noise, and was further from its end than `tolerance` of that. The effect is the share of layers that have moved; the claim holds for at most `atMost` of them. Null
 * model: every series is constant but for noise, and the noise band is left by chance with probability alpha at most.
 */
export const stableFromStart = claimKind({
  kind: 'stable-from-start',
  parameters: { tolerance: shareParameter.default(0.1), atMost: shareParameter.default(0.05) },
  checks: ['constant-metric', 'metric-identities', 'mean-dominated', 'token-columns', 'runs-at-chance'],
  assess: ({ tolerance, atMost }, context) => {
    const { analysis, alpha } = context;
    const determined = analysis.runs.map(({ layers }) =>
      layers.filter(({ stabilization: { status } }) => status !== 'undetermined'),
    );
    const moved = determined.map((layers) => layers.filter((layer) => hasMoved(layer, tolerance)).length);
    const estimate = estimateRatio(
      context,
      moved,
      determined.map(({ length }) => length),
    );
    const statistic = `Share of layers whose ${analysis.seriesId} moves beyond its noise and is further from its end than ${percent(tolerance)} of it`;
    const changes = determined.flat().map(relativeChange).filter(Number.isFinite);
    const notes = [
      ...(changes.length === 0
        ? []
        : [`The median layer moves by ${percent(median(changes))} of its end value.`]),
      ...asLogged(context),
      ...acrossDatasets(context),
    ];
    const evidence = loggedBesideRecovered(context, moved);
    const shown = evidence === undefined ? {} : { evidence };
    const claimed = { low: 0, high: atMost };
    if (!estimate.determined) {
      return {
        testable: false,
        statistic,
        claimed,
        reason: estimate.reason,
        needed: 'more runs with at least 12 determined measurements per layer',
        runs: [],
        notes,
        ...shown,
      };
    }
    return {
      testable: true,
      statistic,
      effect: { value: estimate.value, interval: estimate.interval, unit: 'share of layers' },
      claimed,
      null: {
        model: `every layer constant but for its noise, which at most ${percent(alpha)} leave by chance`,
        pValue: bootstrapPValue(estimate.replicates, alpha),
        expected: alpha,
      },
      asserts: 'absence',
      runs: idsOf(context, estimate.bearing),
      notes: [
        ...notes,
        ...withoutChance(
          context,
          estimate.bearing,
          estimate.statistic,
          (share) => `${percent(share)} of layers`,
        ),
      ],
      ...shown,
    };
  },
});

function hasMoved(layer: LayerDynamics, tolerance: number): boolean {
  return 'furthest' in layer.stabilization && relativeChange(layer) > tolerance;
}

/** Largest distance from the end, in units of the end value; of a layer without movement, its range. */
function relativeChange({ curve, stabilization }: LayerDynamics): number {
  const distance =
    'furthest' in stabilization
      ? stabilization.furthest
      : 'range' in stabilization
        ? stabilization.range.value
        : Number.NaN;
  return distance / Math.abs(endValueOf(curve));
}

function endValueOf(curve: CurveDescription): number {
  if (!curve.described) return Number.NaN;
  const { stabilization, stretches } = curve;
  return 'endValue' in stabilization ? stabilization.endValue : (stretches.at(-1)?.toValue ?? Number.NaN);
}

function asLogged({ runs, asPublished }: AuditContext): string[] {
  if (asPublished === null) return [];
  const logged = runs.flatMap(({ layers }) =>
    layers.flatMap(({ series }) => series.get(asPublished.series)?.values.filter(Number.isFinite) ?? []),
  );
  const widest = logged.reduce((widest, values) => Math.max(widest, relativeRange(values)), 0);
  return [
    `The published ${asPublished.series} moves by ${widest < 0.001 ? typeset(Number(widest.toPrecision(1))) : percent(widest)} of its level at most, in any of ${counted(logged.length, 'layer')}.`,
  ];
}

function relativeRange(values: Float64Array): number {
  const highest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const lowest = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  return highest > lowest ? (highest - lowest) / Math.abs(highest) : 0;
}

/** How far the end value of the same layer differs between data sets: what the architecture does not set. */
function acrossDatasets({ runs, analysis }: AuditContext): string[] {
  const levels = new Map<string, number[]>();
  analysis.runs.forEach(({ layers }, i) => {
    for (const { layer, curve } of layers) {
      const end = endValueOf(curve);
      if (!(end > 0)) continue;
      const key = `${runs[i].architecture} ${layer}`;
      levels.set(key, [...(levels.get(key) ?? []), end]);
    }
  });
  const folds = [...levels.values()]
    .filter(({ length }) => length > 1)
    .map((values) => Math.max(...values) / Math.min(...values));
  return folds.length === 0
    ? []
    : [
        `Across data sets the end value of the same layer of the same architecture differs by a factor of ${brief(median(folds))} (median).`,
      ];
}

/** The first run of those in which most of the layers moved, as logged and as recovered; none without a published series. */
function loggedBesideRecovered(
  { runs, analysis, asPublished }: AuditContext,
  moved: readonly number[],
): Evidence | undefined {
  if (asPublished === null) return undefined;
  const shares = moved.map((count, i) => count / runs[i].layers.length);
  const run = runs[shares.indexOf(Math.max(...shares))] as Run | undefined;
  if (run === undefined) return undefined;
  const layers = run.layers.flatMap(({ name, series }) => {
    const [logged, recovered] = [series.get(asPublished.series), series.get(analysis.seriesId)];
    return logged === undefined || recovered === undefined
      ? []
      : [{ name, logged: logged.values, recovered: recovered.values }];
  });
  if (layers.length === 0) return undefined;
  return {
    kind: 'logged-recovered',
    title: `${run.id}: the published metric stands still, the representation does not`,
    caption: `Each layer of ${run.id}: ${asPublished.series}, from which the claim was drawn, and ${analysis.seriesId} of the same activations.`,
    logged: asPublished.series,
    recovered: analysis.seriesId,
    steps: run.steps,
    layers,
  };
}
