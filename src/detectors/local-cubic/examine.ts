import { dependenceBaseline } from './calibration.ts';
import { transition } from './change-kinds.ts';
import { explainedOtherwise } from './guards.ts';
import type { NoiseCharacter } from './noise-character.ts';
import type { Probe } from './scan.ts';
import type { Search } from './search.ts';
import { dependenceInflation, varianceInflation, withoutFarthestInnovation } from './shrinkage.ts';
import type { BestTransition } from './transitions.ts';

/** A trend seen through a coarse grid is a staircase whose steps may be so many grid points high. */
const LARGEST_STAIR = 4;

/**
 * Where a level wanders by heavy-tailed increments, a jump of so many times the farthest other increment is one
 * nevertheless: under tails that fall as x^−3, as Student's t with 3 degrees, one series in twenty has such.
 */
const EXTRAORDINARY = 4;

/** The statistic of a candidate after guards (0 where one rejects) and shrinkage. */
export function examine(
  best: BestTransition,
  probe: Probe,
  character: () => NoiseCharacter,
  { spacing, noise, quiet }: Search,
): number {
  const { window, least, noiseFloor } = probe;
  const { fit, start, width, statistic, size } = best;
  const quietHere = quiet(start);
  if (Math.abs(statistic) < least) return 0;
  // Noise as large as the grid hides the stairs (it dithers).
  if (quietHere < spacing && Math.abs(size) <= LARGEST_STAIR * spacing) return 0;
  if (explainedOtherwise(best, probe)) return 0;
  // Beside what nobody could miss, the finer points of the noise do not matter.
  if (least > 0) return Math.abs(statistic);

  const position = start - best.origin;
  const shape = window.shape(transition(width).course(position));
  const { heavyTailed, farthest, correlations } = character();
  const extraordinary = noise.wandering && Math.abs(size) > EXTRAORDINARY * width * farthest;
  const value =
    heavyTailed && !extraordinary
      ? Math.sign(size) * withoutFarthestInnovation(window, fit, shape, position, width, noiseFloor)
      : Math.abs(statistic);
  const dependence = dependenceInflation(shape, correlations) / dependenceBaseline(noise.phi);
  return value / varianceInflation(fit, shape) / Math.max(1, dependence);
}
