import { expect, it } from 'vitest';
import { timingFigure } from '../../src/report/timing-figure.ts';
import { exampleStudy } from './example-study.ts';

it('says when layers move and which first; nothing of a study in which none does', () => {
  const study = exampleStudy();
  const figure = timingFigure(study)!;
  expect(figure.title).toBe('When layers rise and fall');
  expect(figure.caption).toMatch(/one panel for each run; pale ones do not hold/);
  expect(figure.caption).toMatch(
    /First in mlp_digits: network\.0 rises at step \d+ \(\d+–\d+\); in cnn_digits/,
  );
  const unmoved = study.analysis.runs.map((run) => ({
    ...run,
    layers: run.layers.map((layer) => ({
      ...layer,
      curve: { described: false, reason: 'few', dropped: 0 } as const,
    })),
  }));
  expect(timingFigure({ ...study, analysis: { ...study.analysis, runs: unmoved } })).toBe(null);
});
