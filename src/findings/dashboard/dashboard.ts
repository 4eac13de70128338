import type { ConvergenceOrder } from '../../dynamics/convergence-order.ts';
import { type JumpRate, jumpRate, stepsCovered } from '../../dynamics/rates.ts';
import { fastStretches } from '../../dynamics/stretches/fast-stretches.ts';
import type { Run } from '../../measurements/types.ts';
import { quantileSorted } from '../../numerics/quantile.ts';
import type { GroupRate } from '../group-rates.ts';
import type { StudyAnalysis } from '../study-analysis.ts';
import { type Proportion, proportion } from './proportion.ts';

/** A study at a glance. A part is null where there is nothing to show of it. */
export interface Dashboard {
  /** Error rate of every interval. */
  readonly alpha: number;
  readonly runs: number;
  /** Layer series, and those of them whose curves could be described. */
  readonly layers: number;
  readonly described: number;
  /** Jumps and fast rises and falls, over everything that could be described. */
  readonly overall: JumpRate;
  /** Runs by the order in which their layers become stable, of all runs. */
  readonly orders: readonly OrderShare[] | null;
  /** Rates in the first, second and last third of training. */
  readonly thirds: readonly RateWithin[] | null;
  /** Rates by what tells runs apart best: family, or architecture where there is one family only. */
  readonly groups: readonly GroupRate[] | null;
  /** Runs whose layers are fast together beyond chance, of those that could be tested, by family. */
  readonly together: readonly FamilyShare[] | null;
  /** Rates along training, in equal parts. */
  readonly course: readonly RateWithin[] | null;
  /** The same by family; null where there is one family only. */
  readonly courseByFamily:
    | readonly { readonly family: string; readonly parts: readonly RateWithin[] }[]
    | null;
  /** Sizes of jumps and fast stretches in units of the jitter of a measurement, by family. */
  readonly sizes: readonly FamilySizes[] | null;
  /** How many jumps each type has; null where types could not be looked for. */
  readonly types: readonly number[] | null;
  /** Whether the loss falls more often where layers are fast, run by run. */
  readonly coupling: readonly RunCoupling[] | null;
  /** Planned training steps of all runs; null where they differ. */
  readonly plannedSteps: number | null;
}

export interface OrderShare {
  readonly pattern: ConvergenceOrder['pattern'];
  readonly share: Proportion;
}

/** A rate within a part of training. */
export interface RateWithin {
  /** Share of the planned steps at which the part begins and ends, 0 to 1. */
  readonly from: number;
  readonly to: number;
  readonly rate: JumpRate;
}

export interface FamilyShare {
  readonly family: string;
  readonly share: Proportion;
}

export interface FamilySizes {
  readonly family: string;
  readonly count: number;
  /** Quantiles, in standard deviations of the jitter. */
  readonly low: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly high: number;
}

export interface RunCoupling {
  readonly run: string;
  readonly family: string;
  /** Share of fast intervals in which the loss falls, less the share of all intervals. */
  readonly difference: number;
  readonly interval: readonly [number, number];
  readonly pValue: number;
}

/** Parts of training that the course shows. */
const PARTS = 20;
/** Fewer sizes have no quantiles worth the name. */
const FEWEST_SIZES = 5;
const PATTERNS = ['bottom-up', 'top-down', 'no order detected', 'undefined'] as const;

/**
 * The numbers of a study's dashboard: what a published one shows as counts, as rates over their exposure and shares with exact
 * intervals.
 *
 * @param runs those that `analysis` is of, in its order.
 * @example
 * const { thirds } = studyDashboard(runs, analyzeStudy(runs)); // rates early, in the middle and late
 */
export function studyDashboard(runs: readonly Run[], analysis: StudyAnalysis): Dashboard {
  const { alpha } = analysis;
  const dynamics = new Map(analysis.runs.map((one) => [one.runId, one]));
  const analyzed = runs.flatMap((run) => {
    const own = dynamics.get(run.id);
    return own === undefined ? [] : [{ run, own }];
  });
  // No curve is kept: of a large study they are put together when they are looked at.
  let layers = 0;
  const exposed = analyzed.flatMap(({ run, own }) =>
    own.layers.flatMap(({ curve }): Exposed[] => {
      layers++;
      if (!curve.described) return [];
      const stretches = fastStretches(curve);
      return [
        {
          run,
          at: stretches.map(({ half, from }) => (half ?? from).step / planned(run)),
          sizes: stretches.flatMap(({ amplitudeInNoise: size }) => (size === null ? [] : Math.abs(size))),
        },
      ];
    }),
  );
  const families = [...new Set(runs.map(({ family }) => family))].sort();
  const ofFamily = (family: string) => exposed.filter(({ run }) => run.family === family);
  const count = exposed.reduce((sum, { at }) => sum + at.length, 0);
  const shown = <T>(part: readonly T[]): readonly T[] | null => (count > 0 && part.length > 0 ? part : null);
  const plannedSteps = new Set(analyzed.map(({ run }) => planned(run)));
  const steps = exposed.reduce((sum, { run }) => sum + stepsCovered(run), 0);
  const by = families.length > 1 ? 'family' : 'architecture';
  return {
    alpha,
    runs: analyzed.length,
    layers,
    described: exposed.length,
    overall: jumpRate(count, steps, 1 - alpha, 'no layer could be described'),
    orders: orders(
      analyzed.map(({ own }) => own.convergenceOrder.pattern),
      alpha,
    ),
    thirds: shown(ratesWithin(exposed, 3, alpha)),
    groups: shown(analysis.rates.filter((rate) => rate.by === by && rate.rate.determined)),
    together: nonEmpty(
      families.flatMap((family): FamilyShare[] => {
        const tested = analyzed.flatMap(({ run, own: { criticalPeriods } }) =>
          run.family === family && criticalPeriods.coordination.determined
            ? criticalPeriods.coordination
            : [],
        );
        const beyond = tested.filter(({ periods }) => periods.length > 0).length;
        return tested.length === 0 ? [] : [{ family, share: proportion(beyond, tested.length, alpha) }];
      }),
    ),
    course: shown(ratesWithin(exposed, PARTS, alpha)),
    courseByFamily:
      families.length < 2
        ? null
        : shown(
            families.flatMap((family) => {
              const own = ofFamily(family);
              return own.length === 0 ? [] : [{ family, parts: ratesWithin(own, PARTS, alpha) }];
            }),
          ),
    sizes: nonEmpty(
      families.flatMap((family) =>
        sizesOf(
          family,
          ofFamily(family).flatMap(({ sizes }) => sizes),
        ),
      ),
    ),
    types: analysis.jumpTypes.determined ? analysis.jumpTypes.centers.map(({ jumps }) => jumps) : null,
    coupling: nonEmpty(
      analyzed
        .flatMap(({ run, own: { criticalPeriods } }): RunCoupling[] => {
          const { loss } = criticalPeriods;
          if (!loss.determined) return [];
          const { difference, interval, pValue } = loss;
          return [{ run: run.id, family: run.family, difference, interval, pValue }];
        })
        .sort((a, b) => b.difference - a.difference || (a.run < b.run ? -1 : 1)),
    ),
    plannedSteps: plannedSteps.size === 1 ? [...plannedSteps][0] : null,
  };
}

/** A described layer series: when it is fast, and by how much. */
interface Exposed {
  readonly run: Run;
  /** In shares of the planned steps. */
  readonly at: readonly number[];
  readonly sizes: readonly number[];
}

/** Rates in equal parts of training: what is counted over the training steps that were measured there. */
function ratesWithin(exposed: readonly Exposed[], parts: number, alpha: number): RateWithin[] {
  const counts = new Array<number>(parts).fill(0);
  const covered = new Array<number>(parts).fill(0);
  for (const { run, at } of exposed) {
    for (const place of at) counts[Math.min(parts - 1, Math.max(0, Math.floor(place * parts)))]++;
    const [first, last] = [run.steps.at(0) ?? 0, run.steps.at(-1) ?? 0];
    for (let part = 0; part < parts; part++) {
      const begins = Math.max(first, (part * planned(run)) / parts);
      const ends = part === parts - 1 ? last : Math.min(last, ((part + 1) * planned(run)) / parts);
      covered[part] += Math.max(0, ends - begins);
    }
  }
  return counts.map((count, part) => ({
    ...{ from: part / parts, to: (part + 1) / parts },
    rate: jumpRate(count, covered[part], 1 - alpha, 'nothing was measured then'),
  }));
}

function orders(
  patterns: readonly ConvergenceOrder['pattern'][],
  alpha: number,
): readonly OrderShare[] | null {
  if (patterns.every((pattern) => pattern === 'undefined')) return null;
  return PATTERNS.map((pattern) => ({
    pattern,
    share: proportion(patterns.filter((own) => own === pattern).length, patterns.length, alpha),
  }));
}

function sizesOf(family: string, sizes: readonly number[]): FamilySizes[] {
  const ascending = Float64Array.from(sizes.filter((size) => size > 0)).sort();
  if (ascending.length < FEWEST_SIZES) return [];
  const [low, lowerQuartile, median, upperQuartile, high] = [0.1, 0.25, 0.5, 0.75, 0.9].map((p) =>
    quantileSorted(ascending, p),
  );
  return [{ family, count: ascending.length, low, lowerQuartile, median, upperQuartile, high }];
}

/** At least the last step: an imported log may not say how long its training was meant to be. */
function planned({ plannedSteps, steps }: Run): number {
  return Math.max(1, plannedSteps, steps.at(-1) ?? 0);
}

function nonEmpty<T>(part: readonly T[]): readonly T[] | null {
  return part.length === 0 ? null : part;
}
