import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import { evidenceFigures, findingsSection, verdictLines } from '../../src/report/findings-section.ts';
import { findingsTable } from '../../src/report/tables/findings-table.ts';
import type { EvidenceFigure } from '../../src/report/types.ts';
import { records } from '../../src/tables/table.ts';

const calibrated: Finding = {
  ...{ id: 'a', claim: 'Jumps are early.', statistic: 'share', effect: null, null: null },
  ...{ runs: [], checks: [], verdict: 'refuted', reason: 'The interval excludes what is claimed.' },
};
const byOwnRule: Finding = { ...calibrated, id: 'b', uncalibratedRule: 'published-z' };

describe('a claim that a rule without error control alone refutes', () => {
  it('says so in the same line as its verdict', () => {
    const rows = findingsSection([calibrated, byOwnRule], 0.05).text.split('<tr id=').slice(1);
    expect(rows[0]).toMatch(/>refuted<\/span>/);
    expect(rows[1]).toMatch(/>refuted, only by an uncalibrated rule \(published-z\)<\/span>/);
  });

  it('is counted apart where verdicts are counted', () => {
    expect(verdictLines([calibrated, byOwnRule])).toEqual([
      '2 refuted (1 of them only by an uncalibrated rule)',
    ]);
    expect(verdictLines([calibrated])).toEqual(['1 refuted']);
  });

  it('stands in the table of findings', () => {
    const rows = [...records(findingsTable([calibrated, byOwnRule]))];
    expect(rows.map(({ verdict, uncalibrated_rule }) => [verdict, uncalibrated_rule])).toEqual([
      ['refuted', null],
      ['refuted', 'published-z'],
    ]);
  });
});

describe('figures over the study', () => {
  const spec = {} as EvidenceFigure['spec'];
  const drawn = (figures: Parameters<typeof evidenceFigures>[0], findings: Finding[] = []) =>
    evidenceFigures(figures, new Map(), findings).join('');

  it('say which claim they bear on', () => {
    const finding = { ...calibrated, figure: 'figures/claim-a.svg' };
    const evidence = [['claim-a', { title: 'Jumps', caption: 'Points: rates.', spec }]] as const;
    expect(drawn(evidence, [finding])).toContain('On the claim “Jumps are early”: Points: rates.');
    expect(drawn(evidence)).toContain('<figcaption>Points: rates.</figcaption>');
  });

  it('say once how figures that follow one another are read', () => {
    const one = { title: 'Classes', caption: '', reading: 'A dot: acquired.', spec };
    const other = { title: 'Loss', caption: 'Thin lines: runs.', spec };
    const page = drawn([
      ['a', one],
      ['b', one],
      ['c', other],
    ]);
    expect(page.split('A dot: acquired.')).toHaveLength(2);
    expect(page.match(/<figcaption>/g)).toHaveLength(1);
  });
});
