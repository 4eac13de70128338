import type { Detector } from '../../detectors/types.ts';
import { determinedPoints } from '../../dynamics/determined-points.ts';
import { jumpsIn } from '../../dynamics/jumps-in.ts';
import type { Random } from '../../numerics/random.ts';
import { trendAndNoise } from '../../validity/null-models/surrogates-of.ts';
import type { AuditContext } from './audit-context.ts';

/**
 * Share of the jumps that fall `within` a stretch when a detector is given surrogates: every layer's own trend and changing
 * noise, and no jump.
 */
export function jumpShareInSurrogates(
  { runs, analysis }: AuditContext,
  detect: Detector,
  within: (time: number, length: number) => boolean,
  rng: Random,
): number {
  let [hits, all] = [0, 0];
  for (const run of runs) {
    for (const { name, series } of run.layers) {
      const values = series.get(analysis.seriesId)?.values;
      if (values === undefined) continue;
      const points = determinedPoints({ steps: run.steps, values }).series;
      const surrogate = trendAndNoise(points, rng.fork(`${run.id} ${name}`));
      const detection = detect({ steps: points.steps, values: surrogate });
      if (!detection.testable) continue;
      const jumps = jumpsIn(detection);
      all += jumps.length;
      hits += jumps.filter(({ step }) => within(step, run.plannedSteps)).length;
    }
  }
  return hits / all;
}
