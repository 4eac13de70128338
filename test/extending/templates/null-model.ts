import type { NullFamily } from '../../../src/validity/null-models/null-families.ts';
import { valuesOf } from '../../../src/validity/null-models/types.ts';

/** A slow wave under noise: nothing of it is a change. */
export const slowWave: NullFamily = {
  name: 'slow-wave',
  description: 'sin(2πt/n) + N(0, 0.2)',
  draw: (series, rng) => {
    const n = valuesOf(series).length;
    return Float64Array.from({ length: n }, (_, t) => Math.sin((2 * Math.PI * t) / n) + 0.2 * rng.normal());
  },
};
