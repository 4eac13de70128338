import { quantile } from '../../../numerics/quantile.ts';
import { counted, percent } from '../../../wording/sentences.ts';
import type { AuditContext } from '../audit-context.ts';
import { claimKind, shareParameter } from '../claim-kind.ts';
import { criticalIntervals } from '../critical-intervals.ts';
import type { Evidence } from '../evidence.ts';
import { estimateRatio } from '../ratio-estimate.ts';
import { twoSidedPValue } from '../time-shifts.ts';
import { idsOf, withoutChance } from '../wording.ts';

/** Intervals to either side that say how often the loss falls around a time. */
const NEIGHBORS = 20;

/**
 * When layers change fast, the loss falls more often than it does anyway; `claimed` is the published share.
 *
 * The effect is the share of critical intervals (over layers) in which the loss falls, less the share of falling intervals
 * among the 20 to either side: loss falls more often early in training, and layers change faster then, without the one
 * having to do with the other. Null model: each run's loss shifted in time by up to 20 measurements against its layers.
 */
export const lossCoupling = claimKind({
  kind: 'loss-coupling',
  parameters: { claimed: shareParameter.optional() },
  checks: ['share-without-base-rate', 'constant-metric', 'runs-at-chance'],
  assess: ({ claimed }, context) => {
    const { analysis } = context;
    const tables = context.runs.map((run) => couplingOf(run.loss, criticalIntervals(run, analysis.seriesId)));
    const excess = tables.map(({ falls, local }) => falls - local);
    const critical = tables.map((table) => table.critical);
    const estimate = estimateRatio(context, excess, critical, { of: 'mean' });
    const statistic = `Share of critical intervals (${analysis.seriesId}) in which the loss falls, less the share among the ${NEIGHBORS} intervals to either side`;
    const shareOf = (values: readonly number[]): number =>
      values.reduce((a, b) => a + b, 0) / critical.reduce((a, b) => a + b, 0);
    const [falling, whole, local] = [
      shareOf(tables.map(({ falls }) => falls)),
      shareOf(tables.map((table) => table.base * table.critical)),
      shareOf(tables.map((table) => table.local)),
    ];
    const notes = [
      `The loss falls in ${percent(falling)} of critical intervals, in ${percent(whole)} of all intervals of those runs and in ${percent(local)} of those nearby.`,
      ...(claimed === undefined ? [] : [`The published ${percent(claimed)} was held against no base rate.`]),
      'That the loss falls when layers change does not say which brings about the other.',
    ];
    if (!estimate.determined) {
      return {
        testable: false,
        statistic,
        claimed: { low: Number.MIN_VALUE, high: 1 },
        reason: estimate.reason,
        needed: 'more runs with a logged loss and layers that change',
        runs: [],
        notes: [],
      };
    }
    const { value, interval, bearing } = estimate;
    return {
      testable: true,
      statistic,
      effect: { value, interval, unit: 'difference of shares' },
      claimed: { low: Number.MIN_VALUE, high: 1 },
      null: {
        model: `loss shifted by up to ${NEIGHBORS} measurements against the layers`,
        pValue: shiftPValue(context, tables, excess),
        expected: 0,
      },
      asserts: 'difference',
      runs: idsOf(context, bearing),
      notes: [...notes, ...withoutChance(context, bearing, estimate.statistic, percent)],
      evidence: evidenceOf(context, tables, excess, critical),
    };
  },
});

interface Coupling {
  /** Critical intervals over all layers with a known loss. */
  readonly critical: number;
  /** Those in which the loss falls, and how many of them would by the share among their neighbors. */
  readonly falls: number;
  readonly local: number;
  /** Share of all intervals in which the loss falls. */
  readonly base: number;
  /** `falls − local` with the loss shifted by −20 … 20 intervals, 0 left out. */
  readonly shifted: Float64Array;
}

function couplingOf(loss: Float64Array, critical: readonly Uint32Array[]): Coupling {
  const n = Math.max(0, loss.length - 1);
  const weights = new Float64Array(n);
  for (const intervals of critical) for (const at of intervals) weights[at]++;
  const falls = Float64Array.from({ length: n }, (_, i) => {
    const change = loss[i + 1] - loss[i];
    return Number.isFinite(change) ? (change < 0 ? 1 : 0) : Number.NaN;
  });
  const expected = falls.map((_, i) => nearbyShare(falls, i));
  const sumOver = (value: (i: number) => number): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const at = value(i);
      if (weights[i] > 0 && !Number.isNaN(at)) sum += weights[i] * at;
    }
    return sum;
  };
  const known = falls.filter((fall) => !Number.isNaN(fall));
  const excessAt = (shift: number): number =>
    sumOver((i) => {
      const at = (i + shift + n) % n;
      return falls[at] - expected[at];
    });
  const shifts = Array.from({ length: 2 * NEIGHBORS + 1 }, (_, k) => k - NEIGHBORS);
  return {
    critical: sumOver((i) => (Number.isNaN(falls[i] + expected[i]) ? 0 : 1)),
    falls: sumOver((i) => (Number.isNaN(expected[i]) ? 0 : falls[i])),
    local: sumOver((i) => (Number.isNaN(falls[i]) ? 0 : expected[i])),
    base: known.length === 0 ? 0 : known.reduce((a, b) => a + b, 0) / known.length,
    shifted:
      n === 0
        ? new Float64Array(0)
        : Float64Array.from(
            shifts.filter((shift) => shift !== 0),
            excessAt,
          ),
  };
}

/** Share of falling intervals among the neighbors of interval i, itself left out. */
function nearbyShare(falls: Float64Array, i: number): number {
  let [sum, count] = [0, 0];
  for (let j = Math.max(0, i - NEIGHBORS); j <= Math.min(falls.length - 1, i + NEIGHBORS); j++) {
    if (j === i || Number.isNaN(falls[j])) continue;
    sum += falls[j];
    count++;
  }
  return sum / count;
}

function shiftPValue(
  { rng, resamples }: AuditContext,
  tables: readonly Coupling[],
  excess: readonly number[],
): number {
  const random = rng.fork('shifts');
  const shiftable = tables.filter(({ critical }) => critical > 0);
  const drawn = Float64Array.from({ length: resamples }, () =>
    shiftable.reduce((sum, { shifted }) => sum + shifted[random.integer(shifted.length)], 0),
  );
  return twoSidedPValue(
    excess.reduce((a, b) => a + b, 0),
    drawn,
  );
}

function evidenceOf(
  context: AuditContext,
  tables: readonly Coupling[],
  excess: readonly number[],
  critical: readonly number[],
): Evidence {
  const { runs, alpha } = context;
  const families = [...new Set(runs.map(({ family }) => family))];
  const rowFor = (label: string, members: (i: number) => boolean) => {
    const only = (values: readonly number[]): number[] => values.map((value, i) => (members(i) ? value : 0));
    const found = estimateRatio(context, only(excess), only(critical), { of: 'mean' });
    const count = only(critical).reduce((a, b) => a + b, 0);
    return count === 0
      ? []
      : [
          {
            label,
            value: found.value,
            interval: found.determined ? found.interval : null,
            note: counted(count, 'critical interval'),
          },
        ];
  };
  const chance = tables
    .filter((table) => table.critical > 0)
    .map(({ shifted, critical: count }) => quantile(shifted, 0.5) / count);
  return {
    kind: 'estimates',
    title: 'How much more often the loss falls when layers change',
    caption: `Points: share of critical intervals with falling loss less the share nearby; bars: ${100 * (1 - alpha)} % intervals over clusters of runs. 0 is no coupling; shifted by up to ${NEIGHBORS} measurements the median run has ${percent(quantile(chance, 0.5))}.`,
    axis: 'Difference of shares',
    claimed: null,
    expected: 0,
    rows: [
      ...rowFor('all runs', () => true),
      ...families.flatMap((family) => rowFor(family, (i) => runs[i].family === family)),
    ],
  };
}
