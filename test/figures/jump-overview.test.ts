import { describe, expect, it } from 'vitest';
import { type JumpMark, jumpOverviewSpec, MOST_MARKS } from '../../src/figures/jump-overview.ts';

const jump = (step: number, over: Partial<JumpMark> = {}): JumpMark => ({
  ...{ family: 'mlp', run: 'r', layer: 'fc', depth: 0, step, direction: 'increase', effect: 5 },
  ...over,
});

function drawn(jumps: readonly JumpMark[]) {
  const spec = jumpOverviewSpec({ title: 'Jumps', firstStep: 1, lastStep: 1000, jumps }) as unknown as {
    readonly vconcat: readonly {
      readonly title: { readonly text: string };
      readonly data: { readonly values: readonly JumpMark[] };
    }[];
  };
  return spec.vconcat.map(({ title, data }) => ({ title: title.text, rows: data.values }));
}

describe('the overview of jumps', () => {
  it('marks each of some thousands', () => {
    const [{ rows }] = drawn(Array.from({ length: MOST_MARKS }, () => jump(100)));
    expect(rows).toHaveLength(MOST_MARKS);
  });

  it('counts more, by direction, depth and part of the axis', () => {
    const many = Array.from({ length: MOST_MARKS }, () => jump(100));
    const others = [
      jump(100, { direction: 'decrease' }),
      jump(100, { depth: 3 }),
      jump(900),
      jump(900, { family: 'cnn' }),
    ];
    const [cnn, mlp] = drawn([...many, ...others]);
    expect(cnn).toMatchObject({ title: 'cnn (1)', rows: [{ effect: 1 }] });
    expect(mlp.title).toBe(`mlp (${MOST_MARKS + 3})`);
    expect(mlp.rows.map(({ direction, depth, effect }) => [direction, depth, effect])).toEqual([
      ['increase', 0, MOST_MARKS],
      ['decrease', 0, 1],
      ['increase', 3, 1],
      ['increase', 0, 1],
    ]);
    expect(mlp.rows[0].step).toBeCloseTo(100, 6);
  });
});
