import type { Layer, MetricSeries } from '../../measurements/types.ts';

type Centering = NonNullable<MetricSeries['centering']>;

import { counted, percent, someOf } from '../../wording/sentences.ts';
import { faultIn, type Place, placeName } from './fault.ts';
import { measuredCheck } from './measured-check.ts';

/** Relative; logged values come from float32 sums, and far more than their rounding is allowed. */
const TOLERANCE = 1e-3;

/** Something that holds for the metrics of any matrix. */
interface Law {
  readonly text: string;
  /** Metrics that `breach` takes as a, b and c; the first is blamed. */
  readonly metrics: readonly [string, string?, string?];
  /**
   * How all measurements of a layer break it. `rank` is the largest that the matrix can have. Each law has a loop of its own: one that calls the laws would
   * make an object of every number.
   */
  readonly breach: (a: Float64Array, b: Float64Array, c: Float64Array, rank: number) => Breach;
}

interface Breach {
  /** Largest over the run. */
  readonly excess: number;
  readonly measurements: number;
}

/** What is gathered of a law over the measurements of a layer. */
class Gathered implements Breach {
  excess = 0;
  measurements = 0;

  /** @param excess by how much the law is broken, relative to the value; at most 0 where it holds, NaN where it says nothing. */
  add(excess: number): void {
    if (!(excess > TOLERANCE)) return;
    this.measurements++;
    if (excess > this.excess) this.excess = excess;
  }
}

/** Metrics that lie between 1 and the rank that the matrix can have. */
const bounded = [
  'stable_rank',
  'participation_ratio',
  'participation_ratio_singular',
  'nuclear_norm_ratio',
  'effective_rank',
  'rank_90',
];

/** `[a, b]`: a <= b. By Cauchy's inequality, by σᵢ <= σ₁, and because Rényi entropies fall with their order. */
const ordered: readonly (readonly [string, string])[] = [
  ['stable_rank', 'participation_ratio'],
  ['stable_rank', 'nuclear_norm_ratio'],
  ['nuclear_norm_ratio', 'participation_ratio_singular'],
  ['participation_ratio', 'participation_ratio_singular'],
  ['participation_ratio_singular', 'effective_rank'],
];

const laws: readonly Law[] = [
  {
    text: 'stable_rank = nuclear_norm_ratio² / participation_ratio_singular',
    metrics: ['stable_rank', 'nuclear_norm_ratio', 'participation_ratio_singular'],
    breach(stable, nuclear, participation) {
      const gathered = new Gathered();
      for (let i = 0; i < stable.length; i++) {
        const expected = (nuclear[i] * nuclear[i]) / participation[i];
        gathered.add(Math.abs(stable[i] - expected) / Math.abs(stable[i]));
      }
      return gathered;
    },
  },
  ...bounded.map(
    (metric): Law => ({
      text: `${metric} >= 1`,
      metrics: [metric],
      breach(values) {
        const gathered = new Gathered();
        for (let i = 0; i < values.length; i++) gathered.add(1 - values[i]);
        return gathered;
      },
    }),
  ),
  ...bounded.map(
    (metric): Law => ({
      text: `${metric} <= the rank that a matrix of its rows and columns can have`,
      metrics: [metric],
      breach(values, _b, _c, rank) {
        const gathered = new Gathered();
        for (let i = 0; i < values.length; i++) gathered.add(values[i] / rank - 1);
        return gathered;
      },
    }),
  ),
  ...ordered.map(
    ([smaller, larger]): Law => ({
      text: `${smaller} <= ${larger}`,
      metrics: [smaller, larger],
      breach(a, b) {
        const gathered = new Gathered();
        for (let i = 0; i < a.length; i++) gathered.add(a[i] / b[i] - 1);
        return gathered;
      },
    }),
  ),
];

/** Metrics that cannot be of one and the same matrix. */
export const metricIdentities = measuredCheck({
  name: 'metric-identities',
  question: 'Do logged metrics contradict an identity or bound that holds for any matrix?',
  reason:
    'All metrics of a layer come from the same singular values. Where they contradict each other, at least one was ' +
    'not computed by its formula.',
  threshold: `a difference above ${percent(TOLERANCE)} of the value`,
  begin() {
    const tallies = new Map<string, { text: string; found: (Breach & { place: Place })[]; looked: number }>();
    return {
      see({ id: run, layers }) {
        for (const layer of layers) {
          for (const law of laws) {
            for (const { series, breach } of breachesIn(layer, law)) {
              const key = `${law.text} ${series}`;
              const tally = tallies.get(key) ?? { text: law.text, found: [], looked: 0 };
              tallies.set(key, tally);
              tally.looked++;
              if (breach !== null) tally.found.push({ ...breach, place: { run, layer: layer.name, series } });
            }
          }
        }
      },
      found: () =>
        [...tallies.values()].flatMap(({ text, found, looked }) => {
          if (found.length === 0) return [];
          const places = found.map(({ place }) => place);
          const largest = Math.max(...found.map(({ excess }) => excess));
          const measurements = found.reduce((sum, breach) => sum + breach.measurements, 0);
          const message =
            `${places[0].series} breaks ${text} in ${found.length} of ${counted(looked, 'layer')}, ` +
            `${counted(measurements, 'measurement')} (${someOf(places.map(placeName))}): by up to ${percent(largest)} ` +
            `of its value, threshold ${percent(TOLERANCE)}`;
          return [faultIn(places, looked, { check: this.name, severity: 'error', message, value: largest })];
        }),
    };
  },
});

/** Each series of the layer that the law blames, and how it breaks the law; null where it does not. */
function* breachesIn(
  layer: Layer,
  law: Law,
): Generator<{ readonly series: string; readonly breach: Breach | null }> {
  const [blamed, ...others] = law.metrics;
  for (const [id, series] of layer.series) {
    if (series.metric !== blamed) continue;
    const readings = (['columns', 'none'] as const).flatMap((centering) => {
      if (series.centering !== null && series.centering !== centering) return [];
      const partners = others.map((metric) => valuesOf(layer, metric as string, centering));
      if (partners.includes(null)) return [];
      const rank = largestRank(layer, series.centering === 'columns');
      const { values } = series;
      const [b = values, c = values] = partners as Float64Array[];
      return [law.breach(values, b, c, rank)];
    });
    if (readings.length === 0) continue;
    // A log that does not say whether columns were centered is at fault only if both readings contradict it.
    const breach = readings.reduce((a, b) => (b.measurements < a.measurements ? b : a));
    yield { series: id, breach: breach.measurements > 0 ? breach : null };
  }
}

function valuesOf({ series }: Layer, metric: string, centering: Centering): Float64Array | null {
  for (const one of series.values())
    if (one.metric === metric && one.centering === centering) return one.values;
  return null;
}

/** Centering takes one rank off the rows. NaN where the log does not say. */
function largestRank({ samples, features }: Layer, centered: boolean): number {
  return Math.min((samples ?? Number.NaN) - (centered ? 1 : 0), features ?? Number.NaN);
}
