import { describe, expect, it } from 'vitest';
import { runOf } from '../../../src/derived/run-of.ts';
import { analyzeStudy } from '../../../src/findings/study-analysis.ts';
import { bibtex } from '../../../src/report/methods/bibtex.ts';
import { reportMethods } from '../../../src/report/methods/methods.ts';
import { type Reference, references } from '../../../src/report/methods/references.ts';
import { exampleStudy } from '../example-study.ts';

const example = exampleStudy();
const wordsOf = (input = example): string => reportMethods(input).paragraphs.join('\n');

describe('the methods of a report', () => {
  it('say what was trained and measured, when, and with which estimator', () => {
    const words = wordsOf();
    for (const part of [
      '3 training runs',
      'trained by the same program',
      'every 5 training steps (40 times in each run)',
      'the stable rank Σλ/λ₁ (Rudelson & Vershynin 2007)',
      'singular values of activations centered by column',
    ])
      expect(words).toContain(part);
  });

  it('have their numbers from the analysis: another one, other numbers', () => {
    const { analysis } = example;
    const strict = {
      ...analysis,
      alpha: 0.01,
      seed: 77,
      heldStretches: {
        ...analysis.heldStretches,
        inRuns: { ...analysis.heldStretches.inRuns, rate: 0.01, holding: 2 },
      },
    };
    expect(wordsOf()).toContain('6 rises and falls, of which 6 hold at a false discovery rate of 0.05');
    const words = wordsOf({ ...example, analysis: strict });
    expect(words).toContain('6 rises and falls, of which 2 hold at a false discovery rate of 0.01');
    expect(words).toContain('exact 99 % intervals');
    expect(words).toContain('from the seed 77');
  });

  it('say of a detector without error control that what it marks is no evidence', () => {
    const by = (detector: 'published-z' | 'pelt') =>
      reportMethods({ ...example, analysis: { ...example.analysis, detector } });
    expect(by('published-z').paragraphs.join()).toContain(
      'the rule of the published study, which marks differences of neighbors that are larger than most. It has no error control',
    );
    expect(by('pelt').cited).toContain('killick2012optimal');
    expect(wordsOf()).not.toContain('no error control');
  });

  it('speak of claims and hypotheses only where they were tested', () => {
    const audited = {
      title: 'Our paper',
      resamples: 2000,
      seed: 0,
      correction: 'p-values adjusted by Holm (1979) over 2 tests',
    };
    expect(wordsOf()).not.toContain('claim');
    expect(wordsOf({ ...example, audited })).toContain('2 claims (Our paper) were each computed anew');
    expect(reportMethods({ ...example, audited }).cited).toContain('holm1979simple');
    expect(reportMethods(example).cited).not.toContain('holm1979simple');
  });

  it('leave nothing undefined on a study of every kind, and none of its numbers open', () => {
    const steps = Array.from({ length: 60 }, (_, i) => 5 * i);
    const runs = ['a', 'b', 'c'].map((id, seed) => {
      const layer = (at: number) => ({
        stable_rank: steps.map((_, i) => (i < at ? 2 : 6) + Math.sin((i + seed) ** 2) / 9),
      });
      return runOf({
        id,
        seed,
        steps,
        layers: { first: layer(20), second: layer(21), third: layer(40) },
        loss: steps.map((step) => 1 / (1 + step)),
      });
    });
    const words = wordsOf({ ...example, runs, analysis: analyzeStudy(runs) });
    expect(words).not.toMatch(/undefined|NaN|null\b(?! model)|Infinity|∞|\[object/);
  });

  it('are said of no run at all', () => {
    const { analysis, manifest } = example;
    expect(wordsOf({ manifest, runs: [], analysis: { ...analysis, runs: [], rates: [] } })).toContain(
      '0 training runs',
    );
  });

  it('name the program that analyzed and the one that wrote the study', () => {
    const machine = { node: 'v22.1.0', platform: 'linux x64' };
    const words = wordsOf({
      ...example,
      tool: { name: 'rankscope', version: '9.9.9' },
      manifest: { ...example.manifest, machine },
    });
    expect(words).toContain(
      'made by rankscope 9.9.9; the study was written by rankscope 0.0.0, Node v22.1.0, linux x64.',
    );
  });

  it('cite what their BibTeX holds, and nothing else', () => {
    const { paragraphs, cited } = reportMethods(example);
    const said = Object.entries<Reference>(references).filter(([, { short }]) =>
      paragraphs.join().includes(short),
    );
    expect(said.map(([key]) => key).sort()).toEqual([...cited]);
    const text = bibtex({ name: 'rankscope', version: '1.2.3' }, cited);
    expect([...text.matchAll(/^@\w+\{([^,]+),$/gm)].map(([, key]) => key)).toEqual(['rankscope', ...cited]);
    expect(text).toContain('  version      = {1.2.3},');
  });
});

describe('the references', () => {
  it.each(Object.entries<Reference>(references))('%s is an entry that BibTeX reads', (key, reference) => {
    expect(key.startsWith(reference.short.split(/[ &]/)[0].toLowerCase())).toBe(true);
    expect(reference.short.endsWith(reference.year)).toBe(true);
    expect(key).toContain(reference.year);
    const text = bibtex({ name: 'x', version: '1' }, [key as keyof typeof references]).split('\n\n')[1];
    expect(text.split('{').length).toBe(text.split('}').length);
    const needed = {
      article: 'journal',
      book: 'publisher',
      inproceedings: 'booktitle',
      misc: 'howpublished',
      software: 'version',
    };
    expect(reference.fields).toHaveProperty(needed[reference.type]);
  });

  it('have what TeX would read as a command escaped', () => {
    expect(bibtex({ name: 'a_b&c', version: '50%' }, [])).toContain('{a\\_b\\&c}');
    expect(bibtex({ name: 'a_b&c', version: '50%' }, [])).toContain('{50\\%}');
  });
});
