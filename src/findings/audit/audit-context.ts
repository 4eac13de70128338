import type { DetectorName } from '../../dynamics/detectors.ts';
import { detectorNamed } from '../../dynamics/detectors.ts';
import type { Run } from '../../measurements/types.ts';
import type { Random } from '../../numerics/random.ts';
import type { DataCheckResult } from '../../validity/data-checks/types.ts';
import type { StudyAnalysis } from '../study-analysis.ts';
import type { Cluster } from './cluster-bootstrap.ts';
import { jumpsByIndex, jumpsByRule, jumpsFound, type RunJumps } from './jump-table.ts';

/** The weights of one run at one training step. */
export interface StudyCheckpoint {
  /** Id of the run it is said to be of. */
  readonly run: string;
  readonly step: number;
  /** By name, e.g. `conv_layers.0.weight`; data in row-major order. */
  readonly tensors: ReadonlyMap<string, CheckpointTensor>;
}

export interface CheckpointTensor {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** How claims were arrived at, where that is known. */
export interface AsPublished {
  /** Series id in the log. */
  readonly series: string;
  /** `index` if positions of measurements were taken for training steps. */
  readonly axis: 'index' | 'step';
  /** The detector by which they count jumps: their own rule. */
  readonly detector: DetectorName;
}

/** Everything that the evaluation of a claim may look at. */
export interface AuditContext {
  readonly runs: readonly Run[];
  /** Of these runs, in their order. */
  readonly analysis: StudyAnalysis;
  readonly checks: readonly DataCheckResult[];
  readonly checkpoints: readonly StudyCheckpoint[];
  readonly asPublished: AsPublished | null;
  /** Every run in exactly one cluster. */
  readonly clusters: readonly Cluster[];
  /** Whether each run learned more than chance; all true where no check has said otherwise. */
  readonly learned: readonly boolean[];
  /** Jumps of each run, as analyzed. */
  readonly jumps: readonly RunJumps[];
  /** By the claims' own rule in the analyzed series, on true steps; and as published. Null where that is not known. */
  readonly ownRuleJumps: readonly RunJumps[] | null;
  readonly asPublishedJumps: readonly RunJumps[] | null;
  readonly alpha: number;
  /** Bootstrap replicates, and draws from null models. */
  readonly resamples: number;
  /** Of this claim alone. */
  readonly rng: Random;
}

/** The data check that says which runs did no better than chance. */
const CHANCE_CHECK = 'runs-at-chance';

export function createContext(
  input: Omit<AuditContext, 'clusters' | 'learned' | 'jumps' | 'ownRuleJumps' | 'asPublishedJumps'>,
  dependentDatasets: readonly (readonly string[])[],
): AuditContext {
  const { runs, analysis, checks, asPublished } = input;
  const atChance = new Set(
    checks.flatMap(({ check, runs: concerned }) => (check === CHANCE_CHECK ? concerned : [])),
  );
  const ownRule = asPublished === null ? null : detectorNamed(asPublished.detector);
  const onPublishedAxis = asPublished?.axis === 'index' ? jumpsByIndex : jumpsByRule;
  return {
    ...input,
    clusters: dependentRuns(runs, dependentDatasets),
    learned: runs.map(({ id }) => !atChance.has(id)),
    jumps: runs.map((run, i) => jumpsFound(run, analysis.runs[i].layers)),
    ownRuleJumps: ownRule && runs.map((run) => jumpsByRule(run, analysis.seriesId, ownRule)),
    asPublishedJumps:
      asPublished && ownRule && runs.map((run) => onPublishedAxis(run, asPublished.series, ownRule)),
  };
}

/** Runs of one architecture on the same examples are near-copies of each other. */
function dependentRuns(
  runs: readonly Run[],
  dependentDatasets: readonly (readonly string[])[],
): readonly Cluster[] {
  const clusters = new Map<string, number[]>();
  runs.forEach(({ architecture, dataset }, i) => {
    const shared = dependentDatasets.findIndex((names) => names.includes(dataset));
    const key = JSON.stringify([architecture, shared >= 0 ? shared : dataset]);
    clusters.set(key, [...(clusters.get(key) ?? []), i]);
  });
  return [...clusters.values()];
}
