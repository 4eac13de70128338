import { describe, expect, it } from 'vitest';
import { runColors } from '../../src/report/run-colors.ts';
import type { ReportInput } from '../../src/report/types.ts';

type Input = Pick<ReportInput, 'runs' | 'analysis'>;
const input = (runs: [architecture: string, dataset: string][], groups: [string, string[]][] = []): Input =>
  ({
    runs: runs.map(([architecture, dataset], i) => ({ id: `run${i}`, architecture, dataset })),
    analysis: { seedGroups: groups.map(([conditions, ids]) => ({ conditions, runs: ids })) },
  }) as unknown as Input;
const colors = (of: Input) => {
  const { legend, group } = runColors(of);
  return [legend, of.runs.map(({ id }) => group(id))];
};

describe('the color of a run', () => {
  it('is that of its data where these differ', () => {
    expect(
      colors(
        input([
          ['a', 'mnist'],
          ['b', 'digits'],
        ]),
      ),
    ).toEqual(['Data set', ['mnist', 'digits']]);
  });
  it('else that of its network', () => {
    expect(
      colors(
        input([
          ['a', 'mnist'],
          ['b', 'mnist'],
        ]),
      ),
    ).toEqual(['Architecture', ['a', 'b']]);
  });
  it('else that of what is varied', () => {
    const same: [string, string][] = [
      ['a', 'mnist'],
      ['a', 'mnist'],
      ['a', 'mnist'],
    ];
    expect(colors(input(same, [['rate 0.1', ['run0', 'run1']]]))).toEqual([
      'Condition',
      ['rate 0.1', 'rate 0.1', 'one seed'],
    ]);
  });
  it('is one for all where more networks differ than colors can be told apart', () => {
    const many = Array.from({ length: 9 }, (_, i): [string, string] => [`net${i}`, 'mnist']);
    expect(colors(input(many))).toEqual(['Data set', Array(9).fill('mnist')]);
  });
});
