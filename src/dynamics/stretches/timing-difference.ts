import { mean, variance } from '../../numerics/moments.ts';
import { studentTQuantile } from '../../numerics/student-t.ts';
import { welchDifference } from '../../numerics/welch-difference.ts';
import type { OverSeeds } from './seeds/over-seeds.ts';

/** How much later one thing happens than another, over seeds. */
export type TimingDifference =
  | {
      readonly determined: true;
      /** Mean of the second less mean of the first, in training steps: positive where the first comes first. */
      readonly value: number;
      /** 95 % interval of it. */
      readonly interval: readonly [number, number];
      /** `paired`: seed by seed of the same runs. `independent`: of different runs. */
      readonly method: 'paired' | 'independent';
    }
  | { readonly determined: false; readonly reason: string };

/**
 * Which of two things comes first over seeds, with an interval on the difference: the timing of a stretch, or the places
 * of a turning point, in two layers of the same runs (`paired`: Student's interval of the differences, in which what the
 * runs have in common cancels) or in two architectures (`independent`: Welch's interval).
 *
 * @example
 * const early = { value: 101, interval: null, perSeed: [100, 103, 100] };
 * const late = { value: 151, interval: null, perSeed: [149, 154, 150] };
 * timingDifference(early, late, 'paired'); // value 50, interval about [48, 52]
 */
export function timingDifference(
  first: OverSeeds,
  second: OverSeeds,
  method: 'paired' | 'independent',
): TimingDifference {
  return method === 'paired' ? paired(first, second) : independent(first, second);
}

function paired(first: OverSeeds, second: OverSeeds): TimingDifference {
  if (first.perSeed.length !== second.perSeed.length) {
    const reason = `${first.perSeed.length} seeds beside ${second.perSeed.length}: not the same runs`;
    return { determined: false, reason };
  }
  const differences = first.perSeed.flatMap((own, seed) => {
    const other = second.perSeed[seed];
    return own === null || other === null ? [] : [other - own];
  });
  const k = differences.length;
  if (k < 2) return { determined: false, reason: `${k} seeds have both; at least 2 are needed` };
  return around(mean(differences), Math.sqrt(variance(differences, 1) / k), k - 1, 'paired');
}

function independent(first: OverSeeds, second: OverSeeds): TimingDifference {
  const [a, b] = [first, second].map(({ perSeed }) => perSeed.filter((value) => value !== null));
  if (a.length < 2 || b.length < 2) {
    return { determined: false, reason: `${a.length} and ${b.length} seeds; at least 2 are needed of each` };
  }
  const { value, interval } = welchDifference(a, b);
  return { determined: true, value, interval, method: 'independent' };
}

function around(
  value: number,
  error: number,
  freedom: number,
  method: 'paired' | 'independent',
): TimingDifference {
  const margin = studentTQuantile(0.975, freedom) * error;
  return { determined: true, value, interval: [value - margin, value + margin], method };
}
