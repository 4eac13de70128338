import type { JitteryCurve } from '../noise/jitter.ts';
import { jitterAt } from '../noise/jitter.ts';
import { rangeSums } from '../noise/range-sums.ts';

/** The mean of seeds without their spikes, and the jitter that is left in it. */
export function meanCurve(seeds: readonly JitteryCurve[]): JitteryCurve {
  const n = seeds[0].values.length;
  const values = new Float64Array(n);
  const sd = new Float64Array(n);
  const memory = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    let squares = 0;
    let memories = 0;
    for (const seed of seeds) {
      sum += seed.values[i];
      squares += jitterAt(seed, i) ** 2;
      memories += seed.memory[i];
    }
    values[i] = sum / seeds.length;
    sd[i] = Math.sqrt(squares) / seeds.length;
    memory[i] = Math.round(memories / seeds.length);
  }
  return { values, sums: rangeSums(values), sd, strength: new Float64Array(n).fill(1), memory };
}
