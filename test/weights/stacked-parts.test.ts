import { describe, expect, it } from 'vitest';
import { stackedParts } from '../../src/weights/stacked-parts.ts';

const shapes = (name: string, shape: readonly number[], options = {}) =>
  stackedParts(name, shape, options).map(({ suffix, rows, columns }) => `${suffix} ${rows}×${columns}`);

describe('the matrices of a parameter', () => {
  it('are one, with the later axes as one, unless parts are asked for', () => {
    expect(shapes('conv.weight', [8, 4, 3, 3])).toEqual([' 8×36']);
    expect(shapes('attn.in_proj_weight', [12, 4])).toEqual([' 12×4']);
  });

  it('of a convolution are one per position of its kernel', () => {
    const parts = stackedParts('conv.weight', [2, 3, 1, 2], { taps: true });
    expect(parts.map(({ suffix }) => suffix)).toEqual(['[:,:,0,0]', '[:,:,0,1]']);
    // Element (1, 2) of the second position of [2, 3, 1, 2].
    expect(parts[1].at!(1, 2)).toBe((1 * 3 + 2) * 2 + 1);
  });

  it('of stacked experts are one per expert', () => {
    expect(shapes('mlp.experts.down_proj', [2, 5, 3], { experts: true })).toEqual(['[0] 5×3', '[1] 5×3']);
    expect(shapes('conv1d.weight', [2, 5, 3], { experts: true })).toEqual([' 2×15']);
  });

  it('of a fused projection are query, key and value, along rows or, as GPT-2 has them, columns', () => {
    expect(shapes('a.qkv.weight', [12, 4], { qkv: true })).toEqual(['.query 4×4', '.key 4×4', '.value 4×4']);
    expect(shapes('h.0.attn.c_attn.weight', [4, 12], { qkv: true })).toEqual([
      '.query 4×4',
      '.key 4×4',
      '.value 4×4',
    ]);
    expect(shapes('qkv_proj.weight', [16, 8], { qkv: [8, 4, 4] })).toEqual([
      '.query 8×8',
      '.key 4×8',
      '.value 4×8',
    ]);
    expect(() => stackedParts('qkv.weight', [13, 4], { qkv: true })).toThrow(
      'three equal parts along its longer axis',
    );
    expect(() => stackedParts('qkv.weight', [12, 4], { qkv: [8, 4, 4] })).toThrow(
      'an axis of 8 + 4 + 4 = 16',
    );
  });
});
