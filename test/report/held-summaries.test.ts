import { describe, expect, it } from 'vitest';
import { runSummary } from '../../src/dynamics/run-summary.ts';
import { HeldSummaries } from '../../src/report/held-summaries.ts';
import { exampleStudy } from './example-study.ts';

describe('summaries that are held compact', () => {
  const { runs, analysis } = exampleStudy();
  const summaries = runs.map((run, i) => runSummary(run, analysis.runs[i] ?? null));

  it('come back as they were, in their order, whenever they are looked at', () => {
    const held = new HeldSummaries(summaries);
    for (const _ of [1, 2]) expect([...held]).toStrictEqual(summaries);
    expect(held.at(1)).toStrictEqual(summaries[1]);
    expect(held.at(runs.length)).toBeUndefined();
  });

  it('are put together anew each time, and kept by nobody', () => {
    const given = new Set<object>();
    const held = new HeldSummaries(summaries);
    for (const summary of held) given.add(summary);
    for (const summary of held) expect(given.has(summary)).toBe(false);
  });
});
