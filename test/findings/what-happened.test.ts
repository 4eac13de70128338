import { describe, expect, it } from 'vitest';
import { changesInWords } from '../../src/dynamics/changes-in-words.ts';
import { analyzeStudy } from '../../src/findings/study-analysis.ts';
import { whatHappened } from '../../src/findings/what-happened.ts';
import { plantedRun } from '../dynamics/planted-run.ts';
import { noisyCurve, ramp } from '../dynamics/stretches/curves.ts';

const falling = (seed: string) => noisyCurve(400, (i) => 20 - 16 * ramp(0, 10)(i), 0.05, seed);
const still = (seed: string) => noisyCurve(400, () => 3, 0.1, seed);
const seeds = [1, 2, 3].map((seed) =>
  plantedRun([falling(`a${seed}`), still(`b${seed}`)], { id: `seed${seed}`, seed, architecture: 'wide' }),
);
const alone = plantedRun([falling('c')], { id: 'alone', architecture: 'narrow' });

describe('what happened in a study', () => {
  const analysis = analyzeStudy([...seeds, alone]);
  const told = whatHappened(analysis);

  it('is said over the seeds of a condition, layer by layer', () => {
    expect(told.overSeeds).toHaveLength(1);
    const [{ title, runs, headline, layers }] = told.overSeeds;
    expect(title).toBe('wide, drawn (3 seeds)');
    expect(runs).toEqual(['seed1', 'seed2', 'seed3']);
    expect(headline).toMatch(/^network\.0 falls \(−80 %\), by step [45]\d; network\.2 shows no movement/);
    expect(layers[0].does).toMatch(
      /^falls from 20 to 4(\.0\d)? \(−80 %\) in steps 0–[45]\d .*, 3 of 3 seeds; level from there$/,
    );
    expect(layers[0].stable).toMatch(
      /^stable within ±1\.\d of its end from step [45]\d(–[45]\d)? on in 3 of 3 seeds$/,
    );
    expect(layers[1].stable).toBe('no movement told from the noise in 3 of 3 seeds');
  });

  it('is said of every run, with where it is stable', () => {
    expect(told.perRun.map(({ title }) => title)).toEqual(['seed1', 'seed2', 'seed3', 'alone']);
    expect(told.perRun[3].headline).toMatch(/^the layer falls/);
    expect(told.perRun[3].layers[0].stable).toMatch(/^stable within ±1\.\d of its end from step [45]\d \[/);
    expect(told.perRun[0].layers[1].stable).toMatch(/^range at most 0\.\d/);
  });

  it('says how much holds over all curves', () => {
    expect(told.held).toEqual([
      'Over seeds: 1 rise or fall in 2 curves; it holds at a false discovery rate of 0.05 over all of them',
      'In single runs: 4 rises and falls in 7 curves; all hold at a false discovery rate of 0.05 over all of them',
    ]);
    const nothing = whatHappened(analyzeStudy([plantedRun([still('d')])]));
    expect(nothing.held).toEqual(['In single runs: no rise or fall in 1 curve']);
    const empty = whatHappened(analyzeStudy([plantedRun([falling('e').fill(Number.NaN)])]));
    expect(empty.held).toEqual(['In single runs: no curve could be described']);
  });
});

describe('what the step detector found, in words', () => {
  it('is never 0 where nothing could be tested', () => {
    expect(changesInWords({ determined: false, reason: 'no series could be tested' })).toBe(
      'not testable: no series could be tested',
    );
    const tested = { determined: true, method: 'Benjamini-Hochberg over series', rate: 0.05 } as const;
    expect(changesInWords({ ...tested, series: 2, changes: 0, threshold: 0, surviving: 0 })).toBe(
      'no change in the 2 series that could be tested',
    );
    expect(changesInWords({ ...tested, series: 9, changes: 4, threshold: 0.01, surviving: 3 })).toBe(
      '4 changes in the 9 series that could be tested; 3 also at a false discovery rate of 0.05 over all series',
    );
    const many = { ...tested, series: 9600, changes: 1400, threshold: 0.01, surviving: 1056 };
    expect(changesInWords(many)).toBe(
      '1,400 changes in the 9,600 series that could be tested; 1,056 also at a false discovery rate of 0.05 over all series',
    );
  });
});
