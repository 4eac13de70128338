import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors/input-error.ts';
import { compareWithPublished, originalName } from '../../src/published/compare.ts';

const compareJson = (actual: string, expected: string) =>
  compareWithPublished(new Map([['a.json', actual]]), new Map([['a.json', expected]]));

describe('a comparison with published files', () => {
  it.each([
    ['1.0', '1.0', 'equal to the bit'],
    ['1e-05', '0.00001', 'equal to the bit'],
    ['NaN', 'NaN', 'equal to the bit'],
    ['1.0000000000000002', '1.0', 'equal within 1e-12'],
    ['2e-14', '1e-14', 'different'],
    ['0.0', '-0.0', 'equal within 1e-12'],
    ['0.0', '1e-300', 'different'],
    ['NaN', '1.0', 'different'],
    ['null', '0', 'different'],
    ['"1"', '1', 'different'],
    ['true', '1', 'different'],
    ['[]', '{}', 'different'],
  ])('calls %s beside %s %s', (actual, expected, status) => {
    expect(compareJson(`[${actual}]`, `[${expected}]`)).toEqual([
      expect.objectContaining({ file: 'a.json', field: '[0]', status, actual, expected }),
    ]);
  });

  it('reports a field absent on either side', () => {
    expect(
      compareJson('{"a": 1, "b": 2}', '{"a": 1, "c": 3}').map(({ field, status, why }) => [
        field,
        status,
        why,
      ]),
    ).toEqual([
      ['a', 'equal to the bit', null],
      ['c', 'different', 'not produced'],
      ['b', 'different', 'not among the published fields'],
    ]);
  });

  it('compares tables cell by cell', () => {
    const rows = compareWithPublished(
      new Map([['t.csv', 'x,y\n1,2\n']]),
      new Map([['t.csv', 'x,y\n1,3\n4,5\n']]),
    );
    expect(rows.map(({ field, status }) => [field, status])).toEqual([
      ['[0].x', 'equal to the bit'],
      ['[0].y', 'different'],
      ['[1].x', 'different'],
      ['[1].y', 'different'],
    ]);
  });

  it('finds published files behind their folders and prefixes', () => {
    expect(originalName('results/step1_2/all_jumps_detailed.csv')).toBe('all_jumps_detailed.csv');
    expect(originalName('step1_2_all_jumps_detailed.csv')).toBe('all_jumps_detailed.csv');
    expect(originalName('phase2_early_late_results.json')).toBe('early_late_results.json');
    expect(originalName('integrated_report.json')).toBe('integrated_report.json');
  });

  it('refuses to compare nothing, or with two files of one name', () => {
    expect(() => compareWithPublished(new Map(), new Map([['a.json', '1']]))).toThrow(InputError);
    const twice = new Map([
      ['x/a.json', '1'],
      ['y/a.json', '1'],
    ]);
    expect(() => compareWithPublished(new Map([['a.json', '1']]), twice)).toThrow(/each published file once/);
  });
});
