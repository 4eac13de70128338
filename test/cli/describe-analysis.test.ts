import { describe, expect, it } from 'vitest';
import { describeAnalysis } from '../../src/cli/commands/analyze.ts';
import { analyzeStudy } from '../../src/findings/study-analysis.ts';
import { plantedRun } from '../dynamics/planted-run.ts';
import { noisyCurve, ramp } from '../dynamics/stretches/curves.ts';

const falling = noisyCurve(400, (i) => 20 - 16 * ramp(0, 10)(i), 0.05, 'falls');

describe('the analysis in a screenful', () => {
  it('opens with what happened, run by run where there is one seed', () => {
    const run = plantedRun([falling], { id: 'single' });
    const text = describeAnalysis([run], analyzeStudy([run]));
    expect(text).toMatch(
      /^1 run, metric stable_rank, alpha 0\.05\n\nsingle: the layer falls \(−80 %\), by step [45]\d\n/,
    );
    expect(text).toMatch(
      /^ {2}network\.0 falls from 20 to (4|3\.99).* \(stable within ±1\.\d of its end from step [45]\d \[\d+, \d+\] on\)$/m,
    );
    expect(text).toContain('In single runs: 1 rise or fall in 1 curve; it holds');
  });

  it('prints no 0 for what could not be looked at', () => {
    const run = plantedRun([falling.map(() => Number.NaN)], { id: 'nothing' });
    const text = describeAnalysis([run], analyzeStudy([run]));
    expect(text).toMatch(/^mlp_planted +1 +0 +not described +– +no layer could be described$/m);
    expect(text).toContain(
      'Steps out of a smooth trend (local-cubic): not testable: no series could be tested',
    );
    expect(text).toContain('In single runs: no curve could be described');
    expect(text).not.toMatch(/\b0 (changes|jumps|in)\b/);
  });
});
