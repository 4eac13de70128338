import { describe, expect, it } from 'vitest';
import { Recent } from '../../src/dynamics/recent.ts';

describe('what was worked out of recent things', () => {
  const [a, b, c] = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];
  const asking = (budget: number) => {
    const made: string[] = [];
    const recent = new Recent<{ name: string }, string>(budget);
    const ask = (thing: { name: string }, size: number) =>
      recent.of(thing, size, () => {
        made.push(thing.name);
        return thing.name.toUpperCase();
      });
    return { made, ask };
  };

  it('is not worked out again', () => {
    const { made, ask } = asking(10);
    expect([ask(a, 1), ask(b, 1), ask(a, 1)]).toEqual(['A', 'B', 'A']);
    expect(made).toEqual(['a', 'b']);
  });

  it('is given up, the oldest first, where it does not fit the budget', () => {
    const { made, ask } = asking(10);
    for (const thing of [a, b, c, c, b, a]) ask(thing, 4);
    expect(made).toEqual(['a', 'b', 'c', 'a']);
  });

  it('is not kept where it is larger than the budget', () => {
    const { made, ask } = asking(3);
    for (const thing of [a, b, a, b]) ask(thing, thing === a ? 2 : 4);
    expect(made).toEqual(['a', 'b', 'b']);
  });
});
