import { permutationPValue } from '../../numerics/permutation-p-value.ts';
import type { AuditContext } from './audit-context.ts';
import type { RunJumps } from './jump-table.ts';

/**
 * How surprising the number of jumps in a stretch of training is, if the jumps of each run came at another time: two-sided,
 * over random circular shifts of each run's jumps within its measured steps, all its layers together.
 */
export function timeShiftPValue(
  { jumps, rng, resamples }: AuditContext,
  within: (time: number, run: RunJumps) => boolean,
): number {
  const random = rng.fork('time shifts');
  const count = (shiftOf: (run: RunJumps) => number): number => {
    let hits = 0;
    for (const run of jumps) {
      const span = run.to - run.from;
      const shift = shiftOf(run);
      for (const { times } of run.layers)
        for (const time of times) if (within(run.from + ((time - run.from + shift) % span), run)) hits++;
    }
    return hits;
  };
  const observed = count(() => 0);
  const drawn = Float64Array.from({ length: resamples }, () =>
    count(({ from, to }) => random.uniform() * (to - from)),
  );
  return twoSidedPValue(observed, drawn);
}

/** Share of draws at least as far from the mean of all draws as the observed value is. */
export function twoSidedPValue(observed: number, drawn: Float64Array): number {
  const center = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
  const distance = Math.abs(observed - center) * (1 - 1e-12);
  return permutationPValue(
    drawn.filter((value) => Math.abs(value - center) >= distance).length,
    drawn.length,
  );
}
