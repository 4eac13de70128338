import { type JumpRate, jumpRate, rateRatio } from '../../dynamics/rates.ts';
import { fastStretches } from '../../dynamics/stretches/fast-stretches.ts';
import type { Run } from '../../measurements/types.ts';
import { groupBy } from '../../numerics/group-by.ts';
import { holm } from '../../numerics/multiple-testing.ts';
import type { StudyAnalysis } from '../study-analysis.ts';
import { stepEdges } from './step-edges.ts';

/** Where and when the layers of each kind of network jump or are fast. */
export interface DeepDive {
  /** Error rate of every interval, and of each group's layers together. */
  readonly alpha: number;
  /** What tells runs apart best: family, or architecture where there is one family only. */
  readonly by: 'family' | 'architecture';
  /** In falling order of their described layers. */
  readonly groups: readonly GroupDive[];
}

export interface GroupDive {
  readonly group: string;
  readonly runs: number;
  /** Layer series whose curves could be described. */
  readonly layers: number;
  /** Over all of training, in all of these. */
  readonly overall: JumpRate;
  /** In parts of training that grow with the step; the same parts in every group, those that were not measured left out. */
  readonly course: readonly RateBetween[];
  /** The first tenth of the planned steps against the rest; null where one of them was not measured. */
  readonly early: EarlyShare | null;
  /** Layers by name over all runs of the group, in falling order of their rates. */
  readonly byLayer: readonly LayerRate[];
}

/** A rate between two training steps: what takes place after `from` and up to `to`. */
export interface RateBetween {
  readonly from: number;
  readonly to: number;
  readonly rate: JumpRate;
}

export interface EarlyShare {
  readonly count: number;
  readonly of: number;
  /** Share of the exposure that the first tenth has: what would be expected of one rate all along. */
  readonly expected: number;
  /** Two-sided and exact, of one rate all along, if jumps come independently; null where nothing comes later. */
  readonly pValue: number | null;
}

export interface LayerRate {
  readonly layer: string;
  /** Runs in which the layer of this name could be described. */
  readonly runs: number;
  readonly rate: JumpRate;
  /**
   * Two-sided, of the rate of the group's other layers, exact if jumps come independently and adjusted for all layers of the group
   * (Holm); null where there is nothing to compare.
   */
  readonly adjustedPValue: number | null;
}

/** A described layer series: when it is fast, in training steps. */
interface Exposed {
  readonly run: Run;
  readonly layer: string;
  readonly at: readonly number[];
}

/**
 * The numbers of the architectures' panels: rates over their exposure with exact intervals, where a published study counts.
 *
 * @param runs those that `analysis` is of, in its order.
 * @returns null where no curve could be described, or none is anywhere fast.
 * @example
 * deepDive(runs, analyzeStudy(runs))?.groups[0].byLayer[0].layer; // the layer that is fast most often
 */
export function deepDive(runs: readonly Run[], { runs: analyzed, alpha }: StudyAnalysis): DeepDive | null {
  const dynamics = new Map(analyzed.map((own) => [own.runId, own]));
  const exposed = runs.flatMap((run) =>
    (dynamics.get(run.id)?.layers ?? []).flatMap(({ layer, curve }): Exposed[] =>
      curve.described
        ? [{ run, layer, at: fastStretches(curve).map(({ half, from }) => (half ?? from).step) }]
        : [],
    ),
  );
  if (!exposed.some(({ at }) => at.length > 0)) return null;
  const by = new Set(exposed.map(({ run }) => run.family)).size > 1 ? 'family' : 'architecture';
  const groups = groupBy(exposed, ({ run }) => run[by]);
  // Of equally many layers the group that comes first in the study.
  const ordered = [...groups].sort(([, a], [, b]) => b.length - a.length);
  const edges = stepEdges(exposed.map(({ run }) => run.steps));
  return { alpha, by, groups: ordered.map(([group, own]) => groupDive(group, own, edges, alpha)) };
}

function groupDive(
  group: string,
  exposed: readonly Exposed[],
  edges: readonly number[],
  alpha: number,
): GroupDive {
  const between = (from: number, to: number): JumpRate => rateBetween(exposed, from, to, alpha);
  return {
    group,
    runs: new Set(exposed.map(({ run }) => run.id)).size,
    layers: exposed.length,
    overall: between(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
    course: edges
      .slice(1)
      // What a run finds at its first measurement belongs to the first part.
      .map((to, i) => ({ from: edges[i], to, rate: between(i === 0 ? -1 : edges[i], to) }))
      .filter(({ rate }) => rate.determined),
    early: earlyShare(exposed, alpha),
    byLayer: layerRates(exposed, alpha),
  };
}

function rateBetween(exposed: readonly Exposed[], from: number, to: number, alpha: number): JumpRate {
  let [count, covered] = [0, 0];
  for (const { run, at } of exposed) {
    count += at.filter((step) => step > from && step <= to).length;
    covered += covers(run, from, to);
  }
  return jumpRate(count, covered, 1 - alpha, 'nothing was measured then');
}

/** Measured training steps between two. */
function covers({ steps }: Run, from: number, to: number): number {
  if (steps.length === 0) return 0;
  return Math.max(0, Math.min(steps[steps.length - 1], to) - Math.max(steps[0], from));
}

function earlyShare(exposed: readonly Exposed[], alpha: number): EarlyShare | null {
  let [count, covered, all, allCovered] = [0, 0, 0, 0];
  for (const { run, at } of exposed) {
    const end = 0.1 * Math.max(run.plannedSteps, run.steps.at(-1) ?? 0);
    count += at.filter((step) => step <= end).length;
    covered += covers(run, Number.NEGATIVE_INFINITY, end);
    all += at.length;
    allCovered += covers(run, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  }
  const [early, late] = [
    jumpRate(count, covered, 1 - alpha),
    jumpRate(all - count, allCovered - covered, 1 - alpha),
  ];
  if (!early.determined || !late.determined || all === 0) return null;
  // The ratio is undetermined where nothing comes late; that of late to early then says the same.
  const ratio = late.count > 0 ? rateRatio(early, late) : rateRatio(late, early);
  return { count, of: all, expected: covered / allCovered, pValue: ratio.determined ? ratio.pValue : null };
}

function layerRates(exposed: readonly Exposed[], alpha: number): LayerRate[] {
  const byName = groupBy(exposed, ({ layer }) => layer);
  const whole = (some: readonly Exposed[]): JumpRate =>
    rateBetween(some, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, alpha);
  const rates = [...byName].map(([layer, own]) => {
    const rate = whole(own);
    const others = whole(exposed.filter((one) => one.layer !== layer));
    const ratio = others.count > 0 ? rateRatio(rate, others) : rateRatio(others, rate);
    return { layer, runs: own.length, rate, pValue: ratio.determined ? ratio.pValue : null };
  });
  const tested = rates.flatMap(({ pValue }) => pValue ?? []);
  const adjusted = holm(tested).values();
  return rates
    .map(({ pValue, ...rest }) => ({
      ...rest,
      adjustedPValue: pValue === null ? null : adjusted.next().value!,
    }))
    .sort((a, b) => per1000(b.rate) - per1000(a.rate));
}

function per1000(rate: JumpRate): number {
  return rate.determined ? rate.per1000 : 0;
}
