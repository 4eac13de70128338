import type { LayerDynamics, RunDynamics } from '../dynamics/analyze-run.ts';
import type { TestedSeries } from '../dynamics/false-discoveries.ts';
import { type JumpFeatures, stretchFeatures } from '../dynamics/jump-types.ts';
import { jumpsIn } from '../dynamics/jumps-in.ts';
import type { TestedRun } from '../dynamics/run-changes/changes-that-hold.ts';
import type { RunChanges } from '../dynamics/run-changes/types.ts';
import { fastStretches } from '../dynamics/stretches/fast-stretches.ts';
import type { TestedCurve } from '../dynamics/stretches/stretches-that-hold.ts';
import type { Run } from '../measurements/types.ts';
import type { SeedGroup } from './seed-groups.ts';

/** Jumps of one layer of a run. */
export interface LayerCounts {
  /** Jumps and fast rises and falls of its curve; null where it could not be described. */
  readonly fast: number | null;
  /** Jumps that the step detector finds; null where it could not test the series. */
  readonly jumps: number | null;
}

/**
 * What a study's joint answers are made of, of one run: little, so that what was found out of a run is looked at once, and need not be in memory
 * with that of all others.
 */
export interface JointFacts {
  /** Of jumps and fast rises and falls. */
  readonly features: readonly JumpFeatures[];
  /** By layer. */
  readonly counts: readonly LayerCounts[];
  /** By layer. */
  readonly curves: readonly TestedCurve[];
  /** By layer. */
  readonly series: readonly TestedSeries[];
  readonly changes: TestedRun;
}

/** The facts of one run. */
export function jointFacts({ plannedSteps }: Run, { layers, runChanges }: RunDynamics): JointFacts {
  const fast = layers.map(({ curve }) => fastStretches(curve));
  return {
    features: fast.flat().map((stretch) => stretchFeatures(stretch, plannedSteps)),
    counts: layers.map(({ curve, detection }, l) => ({
      fast: curve.described ? fast[l].length : null,
      jumps: detection.testable ? jumpsIn(detection).length : null,
    })),
    curves: layers.map(testedCurve),
    series: layers.map(({ detection }) => testedSeries(detection)),
    changes: testedRun(runChanges),
  };
}

/** The same of a group of seeds, of which less is asked. */
export function jointFactsOfGroup({ layers, runChanges }: SeedGroup): Pick<JointFacts, 'curves' | 'changes'> {
  return { curves: layers.map(testedCurve), changes: testedRun(runChanges) };
}

function testedCurve({ curve }: Pick<LayerDynamics, 'curve'> | SeedGroup['layers'][number]): TestedCurve {
  if (!curve.described) return { described: false };
  const stretches = curve.stretches.map(({ kind, pValue }) => ({ kind, pValue }));
  return { described: true, alpha: curve.alpha, stretches };
}

function testedSeries(detection: LayerDynamics['detection']): TestedSeries {
  if (!detection.testable) return { testable: false };
  return { testable: true, changes: detection.changes.map(({ pValue }) => ({ pValue })) };
}

function testedRun(changes: RunChanges): TestedRun {
  if (!changes.testable) return { testable: false };
  const { pValue } = changes;
  return { testable: true, pValue, changes: changes.changes.map((change) => ({ pValue: change.pValue })) };
}
