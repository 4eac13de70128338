import { describe, expect, it } from 'vitest';
import { spreadOverLooks } from '../../../src/dynamics/stretches/repeated-looks.ts';

describe('looks at a growing series', () => {
  it('spend all of alpha over however many doublings', () => {
    let spent = 0;
    for (let n = 12; n < 1e9; n *= 2) spent += 1 / spreadOverLooks(n);
    expect(spent).toBeLessThanOrEqual(1);
    expect(spreadOverLooks(25)).toBe(spreadOverLooks(47));
    expect(spreadOverLooks(48)).toBeGreaterThan(spreadOverLooks(47));
  });
});
