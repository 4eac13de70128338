import { describe, expect, it } from 'vitest';
import { clipSpikes } from '../../../../src/dynamics/stretches/noise/spikes.ts';
import { ramp } from '../curves.ts';

describe('spikes', () => {
  it('are clipped; steps, ramps and the two ends are not', () => {
    const values = Float64Array.from({ length: 40 }, (_, i) => (i < 20 ? 0 : 100) + ramp(30, 5)(i) * 50);
    values[0] = 40;
    values[10] = 1000;
    values[39] = -70;
    const clipped = clipSpikes(values, new Float64Array(40).fill(1));
    expect(clipped[10]).toBe(4);
    const changed = [...values.keys()].filter((i) => clipped[i] !== values[i]);
    expect(changed).toEqual([10]);
  });
});
