import { describe, expect, it } from 'vitest';
import { compareStudies } from '../../src/findings/comparison/compare-studies.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { buildComparison } from '../../src/report/comparison-page.ts';
import { simulatedStudy } from '../findings/comparison/simulated-study.ts';
import { hostile } from './example-study.ts';

const tool = { name: 'rankscope', version: '0.0.0' };

describe('the page of a comparison', async () => {
  const random = createRandom('page');
  const plan = { seeds: 3, layers: 2 };
  const comparison = compareStudies(
    simulatedStudy(hostile, plan, random),
    simulatedStudy('after', { ...plan, shift: 3 }, random),
  );
  const files = await buildComparison(comparison, tool);
  const page = files.get('index.html') as string;

  it('says first what differs, then shows curves, numbers and words', () => {
    expect(page).toMatch(/What differs<\/h2>\s*<p><strong>\d+ of \d+ numbers differ\.<\/strong>/);
    expect(page.match(/<img alt="/g)).toHaveLength(1);
    expect(page).toContain('layer.0, final value');
    expect(page).toContain('What the layers do');
  });

  it('runs nothing that a name says, and asks for nothing', () => {
    expect(page).not.toMatch(/<script|<img src=x/i);
    expect(page).toContain('default-src &#39;none&#39;');
    expect(page).not.toMatch(/(?:src|href)="(?:https?:|\/)/);
  });

  it('comes with its table and the same for programs', () => {
    expect([...files.keys()]).toEqual([
      'figures/pair-0.svg',
      'index.html',
      'comparison.json',
      'comparison.csv',
      'comparison.parquet',
    ]);
    const json = JSON.parse(files.get('comparison.json') as string);
    expect(json.pairs[0].quantities).toHaveLength(comparison.pairs[0].quantities.length);
    expect(json.pairs[0].layers[0].curves.a.values).toHaveLength(120);
    const rows = (files.get('comparison.csv') as string).trim().split('\r\n');
    expect(rows).toHaveLength(1 + comparison.pairs[0].quantities.length);
  });

  it('is the same to the byte when it is made again', async () => {
    expect(await buildComparison(comparison, tool)).toEqual(files);
  });
});
