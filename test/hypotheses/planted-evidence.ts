import { analyzeStudy } from '../../src/findings/study-analysis.ts';
import type { StudyEvidence } from '../../src/hypotheses/types.ts';
import type { Run } from '../../src/measurements/types.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { planCheckpoints } from '../../src/planning/plan-checkpoints.ts';
import type { CheckpointPlan } from '../../src/planning/types.ts';
import { determined } from '../../src/spectra/determined.ts';
import { plantedRuns } from '../findings/audit/planted-study.ts';

export interface Planted {
  /** Runs, one for each seed. */
  readonly runs: number;
  /** By how much the measure moves across a change, in its own unit; noise between checkpoints has sd 0.1. */
  readonly effect: number;
  readonly measure?: string;
  /** Of the noise of the measure. */
  readonly seed?: number;
}

/** One network, so many seeds; its first layer jumps at step 150, its second at 1200, and measurements go with the jumps. */
export function plantedEvidence({
  runs: count,
  effect,
  measure = 'selectivity_index',
  seed = 1,
}: Planted): StudyEvidence {
  const evidence = plantedCurves(count);
  return { ...evidence, atCheckpoints: measured(evidence.plan, measure, effect, seed) };
}

/** To describe the curves takes longer than everything that is done with them. */
const known = new Map<number, StudyEvidence>();

function plantedCurves(count: number): StudyEvidence {
  const made =
    known.get(count) ??
    evidenceOf(
      plantedRuns(
        Array.from({ length: count }, () => ({
          architecture: 'net',
          layers: [{ jumps: [150] }, { jumps: [1200] }],
        })),
      ),
    );
  known.set(count, made);
  return made;
}

/** What is known of runs at whose checkpoints nothing was measured. */
export function evidenceOf(
  runs: readonly Run[],
  plan = planCheckpoints(runs, { metric: 'm' }),
): StudyEvidence {
  return { runs, analysis: analyzeStudy(runs), plan, atCheckpoints: [], factors: {} };
}

/** A measure of each layer that moves by the effect where the layer jumps, and otherwise not. */
function measured(
  plan: CheckpointPlan,
  measure: string,
  effect: number,
  seed: number,
): StudyEvidence['atCheckpoints'] {
  const random = createRandom(`measured ${seed}`);
  return plan.runs.flatMap(({ run, steps }) =>
    [150, 1200].flatMap((jump, layer) =>
      steps.map((step) => ({
        ...{ run, measure, subject: `layer.${layer}`, step },
        value: determined((step >= jump ? effect : 0) + 0.1 * random.normal()),
      })),
    ),
  );
}
