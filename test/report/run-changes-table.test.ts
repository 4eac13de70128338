import { describe, expect, it } from 'vitest';
import { analyzeStudy, type StudyAnalysis } from '../../src/findings/study-analysis.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { runChangesTable } from '../../src/report/tables/run-changes-table.ts';
import { records } from '../../src/tables/table.ts';
import { nullRunNamed } from '../../src/validity/run-changes/null-runs.ts';
import { type SimulatedChange, simulateRun } from '../../src/validity/run-changes/simulate-run.ts';

const drawn = (id: string, change?: SimulatedChange) => ({
  ...simulateRun(nullRunNamed('swinging'), 100, createRandom(id), { change }),
  id,
});

const rowsOf = (analysis: StudyAnalysis) => [...records(runChangesTable(analysis))];

describe('the table of changes of runs as a whole', () => {
  const jump = { at: 50, jump: 150 };
  const analysis = analyzeStudy([drawn('a', jump), drawn('b')]);
  const rows = rowsOf(analysis);

  it('has a row for each change with its place, strength and what moved', () => {
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ run: 'a', runs: 1, controls: 0, kind: 'change', after: null });
    expect(Number(rows[0].from)).toBeLessThanOrEqual(245);
    expect(Number(rows[0].to)).toBeGreaterThanOrEqual(250);
    expect(Number(rows[0].strength)).toBeGreaterThan(1);
    expect((rows[0].moved as string[])[0]).toMatch(/^layer\.\d .* × /);
  });

  it('has those of seeds looked at together first', () => {
    const seeds = ['a', 'b'].map((id, seed) => ({ ...drawn(id, jump), seed }));
    expect(rowsOf(analyzeStudy(seeds))[0]).toMatchObject({ run: 'a b', members: ['a', 'b'], runs: 2 });
  });

  it('says how many controls there were', () => {
    const against = ['x', 'y', 'z'].map((id) => drawn(id));
    const compared = analyzeStudy([drawn('a', jump)], { against });
    expect(compared.runs[0].runChanges).toMatchObject({ testable: true, controls: 3 });
    expect(rowsOf(compared)[0]).toMatchObject({ controls: 3 });
  });
});
