import { describe, expect, it } from 'vitest';
import { calmness } from '../../../src/dynamics/run-changes/control-strength.ts';
import { criticalStrength } from '../../../src/dynamics/run-changes/strength.ts';

const n = 400;
const critical = criticalStrength(n, 0.05);

describe('what controls say about how calm training is', () => {
  it('lowers the threshold where they are calm, further the more of them there are', () => {
    const three = calmness(Array(3).fill(0.5 * critical), n);
    const ten = calmness(Array(10).fill(0.5 * critical), n);
    expect(three).toBeLessThan(1);
    expect(ten).toBeLessThan(three);
  });

  it('never asks for more than a run alone, as long as no control goes beyond that', () => {
    expect(calmness([0.95 * critical, 0.2 * critical], n)).toBe(1);
  });

  it('asks for more where a control is more restless than any simulated family', () => {
    expect(calmness([1.2 * critical, 0.2 * critical], n)).toBeGreaterThan(1.2);
  });

  it('takes controls that say nothing for no proof of calm', () => {
    expect(calmness([0, 0], n)).toBe(0.5);
  });

  it('needs two', () => {
    expect(() => calmness([1], n)).toThrow('at least 2');
  });
});
