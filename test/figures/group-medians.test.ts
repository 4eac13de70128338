import { describe, expect, it } from 'vitest';
import { groupMedians } from '../../src/figures/group-medians.ts';

const curve = (label: string, steps: readonly number[], values: readonly number[]) => ({
  label,
  steps: Float64Array.from(steps),
  values: Float64Array.from(values),
});

describe('the medians of groups of curves', () => {
  it('are those of the curves that have a value at the step', () => {
    const curves = [
      curve('a1', [0, 10], [1, 4]),
      curve('b1', [0, 10], [8, 8]),
      curve('a2', [0, 10, 20], [3, Number.NaN, 7]),
      curve('a3', [0, 10], [9, 5]),
    ];
    expect(groupMedians(curves, (label) => label[0])).toEqual([
      { group: 'a', step: 0, value: 3 },
      { group: 'a', step: 10, value: 4.5 },
      { group: 'a', step: 20, value: 7 },
      { group: 'b', step: 0, value: 8 },
      { group: 'b', step: 10, value: 8 },
    ]);
  });

  it('stand at every third step of 600, with the values that were measured there', () => {
    const steps = Array.from({ length: 600 }, (_, i) => i);
    const medians = groupMedians([curve('a', steps, steps)], () => '');
    expect(medians).toHaveLength(200);
    expect(medians.at(-1)).toEqual({ group: '', step: 597, value: 597 });
  });
});
