import { beforeAll, describe, expect, it } from 'vitest';
import { checkAgainstPublished, type PublishedCheck } from '../../src/published/check.ts';
import { reproduce } from '../../src/published/reproduce.ts';
import { describeWithStudy, publishedFiles, publishedRuns } from './published-study.ts';
import { syntheticStudy } from './synthetic-runs.ts';

describeWithStudy('the check against the published files', () => {
  let check: PublishedCheck;

  beforeAll(() => {
    check = checkAgainstPublished(publishedRuns(), publishedFiles());
  });

  it('passes, and compares every field of eleven files', () => {
    expect(check.passed).toBe(true);
    expect(check.files).toHaveLength(11);
    const fields = check.files.reduce((sum, file) => sum + file.fields, 0);
    expect(fields).toBe(check.rows.length);
    expect(fields).toBeGreaterThan(2991 * 11 + 1000);
    for (const file of check.files) expect(file.sameTextWithPublishedDraw, file.file).toBe(true);
  });

  it('finds no field that is only nearly equal', () => {
    expect(check.rows.filter((row) => row.status === 'equal within 1e-12')).toEqual([]);
  });

  it('explains every difference by the unseeded draw, in the files that depend on it only', () => {
    const different = check.rows.filter((row) => row.status === 'different');
    expect(different.length).toBeGreaterThan(0);
    for (const row of different) expect(row.why).toMatch(/drawn at random without a seed/);
    expect(new Set(different.map((row) => row.file))).toEqual(
      new Set(['checkpoint_plan.json', 'transformer_analysis_results.json', 'integrated_report.json']),
    );
    expect(check.draw).toBe(
      'step 111 of transformer.layers.3.linear2 is one of 58 candidates in transformer_deep_mnist',
    );
  });

  it('says which published file it does not compare', () => {
    expect(check.uncompared).toEqual(['feature_cnn_analysis.json']);
  });
});

describe('a check', () => {
  const runs = syntheticStudy();
  const published = reproduce(runs);
  const altered = (file: string, from: string | RegExp, to: string): Map<string, string> => {
    const text = published.get(file)!;
    expect(text.replace(from, to)).not.toBe(text);
    return new Map(published).set(file, text.replace(from, to));
  };
  const differences = (check: PublishedCheck) =>
    check.rows.filter((row) => row.status === 'different' && !row.explained);

  it('passes on its own output', () => {
    const check = checkAgainstPublished(runs, published);
    expect(check.passed).toBe(true);
    expect(check.rows.every((row) => row.status === 'equal to the bit')).toBe(true);
  });

  it('fails on an empty folder', () => {
    const check = checkAgainstPublished(runs, new Map());
    expect(check.passed).toBe(false);
    expect(check.rows.map((row) => row.why)).toEqual(Array(11).fill('no published file of this name'));
  });

  it.each([...published.keys()])('fails without %s', (file) => {
    const rest = new Map(published);
    rest.delete(file);
    const check = checkAgainstPublished(runs, rest);
    expect(check.passed).toBe(false);
    expect(differences(check).map((row) => row.file)).toContain(file);
  });

  it('fails on one changed field', () => {
    const check = checkAgainstPublished(
      runs,
      altered('critical_periods_summary.json', /"total_transitions": \d+/, '"total_transitions": 7'),
    );
    expect(check.passed).toBe(false);
    expect(differences(check)).toEqual([
      expect.objectContaining({ field: 'experiment_results[0].total_transitions', expected: '7' }),
    ]);
  });

  it('fails on a field too few and on a field too many', () => {
    const few = checkAgainstPublished(runs, altered('early_late_results.json', /"mid_jumps": \d+,/, ''));
    expect(few.passed).toBe(false);
    expect(differences(few)[0]).toMatchObject({ field: 'summary.mid_jumps', expected: null });
    const many = checkAgainstPublished(runs, altered('early_late_results.json', '{', '{"extra": 1,'));
    expect(many.passed).toBe(false);
    expect(differences(many)[0]).toMatchObject({ field: 'extra', actual: null, why: 'not produced' });
  });

  it('explains nothing by a published draw that is not among the candidates', () => {
    const impossible = altered(
      'checkpoint_plan.json',
      /("Type 3 \(mid, moderate\)",\s+"cluster": 2,\s+"step": )\d+/,
      '$11999',
    );
    const check = checkAgainstPublished(runs, impossible);
    expect(check.passed).toBe(false);
    expect(check.draw).toBeNull();
  });

  it('explains a different, possible draw', () => {
    const other = reproduce(runs, (candidates) => candidates[candidates.length - 1]);
    expect(other).not.toEqual(published);
    const check = checkAgainstPublished(runs, other);
    expect(check.passed).toBe(true);
    expect(check.rows.some((row) => row.explained)).toBe(true);
  });
});
