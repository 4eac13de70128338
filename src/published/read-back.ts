import type { Jump } from './jumps.ts';
import { readPandasFloat } from './pandas-float.ts';
import { pythonFloat } from './python-format.ts';

/**
 * The jumps as the second phase saw them: written to CSV and read again by pandas, whose fast parser changes the
 * last bit of some numbers.
 */
export function readBack(jumps: readonly Jump[]): Jump[] {
  const reread = (value: number): number => readPandasFloat(pythonFloat(value));
  return jumps.map((jump) => ({
    ...jump,
    magnitude: reread(jump.magnitude),
    speed: reread(jump.speed),
    phase: reread(jump.phase),
  }));
}
