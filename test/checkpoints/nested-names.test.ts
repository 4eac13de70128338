import { describe, expect, it } from 'vitest';
import { forEachLeaf } from '../../src/checkpoints/nested-names.ts';

function leaves(root: unknown): [string, unknown][] {
  const found: [string, unknown][] = [];
  forEachLeaf(root, (name, value) => void found.push([name, value]), 'x.pt');
  return found;
}

describe('forEachLeaf', () => {
  it('joins the keys on the way to each value', () => {
    const root = new Map<unknown, unknown>([
      ['step', 3],
      ['state', new Map<unknown, unknown>([[0, new Map([['lr', [0.1, 0.2]]])]])],
      ['nothing', []],
    ]);
    expect(leaves(root)).toEqual([
      ['step', 3],
      ['state.0.lr.0', 0.1],
      ['state.0.lr.1', 0.2],
    ]);
    expect(leaves(5)).toEqual([['', 5]]);
  });

  it('refuses names that are not unique, and counts keys that are no names', () => {
    const twice = new Map<unknown, unknown>([
      ['a.b', 1],
      ['a', new Map([['b', 2]])],
    ]);
    expect(() => leaves(twice)).toThrow('x.pt: name is "a.b"; allowed: each name once');
    expect(
      leaves(
        new Map<unknown, unknown>([
          ['a', 0],
          [[], 1],
          [true, 2],
        ]),
      ),
    ).toEqual([
      ['a', 0],
      ['key 2', 1],
      ['true', 2],
    ]);
    expect(leaves([new Array(1001).fill(0)])).toEqual([['0', new Array(1001).fill(0)]]);
  });

  it('refuses endless nesting', () => {
    const endless: unknown[] = [];
    endless.push(endless);
    expect(() => leaves(endless)).toThrow('x.pt: nesting; allowed: depth up to 64');
  });

  it('refuses names that are more than the file warrants: a long key above many values', () => {
    const long = new Map([['k'.repeat(100_000), Array.from({ length: 100 }, (_, i) => i)]]);
    expect(() => leaves(long)).toThrow(/names of values is "\d+ bytes of memory in all"/);
  });
});
