import { describe, expect, it } from 'vitest';
import { evidenceFigures } from '../../src/figures/evidence-figures.ts';
import { renderSvg } from '../../src/figures/render-svg.ts';
import { evidenceExamples as examples, words } from './example-evidence.ts';

describe('the figures of an audit', () => {
  const figures = evidenceFigures({
    evidence: new Map(Object.entries(examples).map(([kind, shown]) => [`audit-${kind}`, shown])),
    alpha: 0.05,
  });

  it('carry the words of their evidence under the name that findings refer to', () => {
    expect([...figures.keys()]).toEqual(Object.keys(examples).map((kind) => `audit-${kind}`));
    for (const { title, caption } of figures.values()) expect({ title, caption }).toEqual(words);
  });

  for (const kind of Object.keys(examples)) {
    it(`draw ${kind} with its title, twice as the same bytes, and nothing undefined`, async () => {
      const spec = figures.get(`audit-${kind}`)?.spec;
      if (spec === undefined) throw new Error('no figure');
      const svg = await renderSvg(spec);
      expect(svg).toContain('What it shows');
      expect(svg).not.toMatch(/NaN|undefined|Infinity/);
      expect(await renderSvg(spec)).toBe(svg);
    });
  }

  it('write the labels and notes of all rows, with and without an interval', async () => {
    const svg = await renderSvg(
      evidenceFigures({ evidence: new Map([['x', examples.estimates]]), alpha: 0.01 }).get('x')!.spec,
    );
    for (const text of ['one', 'other', '12 jumps', '3 jumps']) expect(svg).toContain(`>${text}<`);
    expect(svg).toContain('99 % intervals');
  });

  it('count as beyond chance only what has a threshold and reaches it', async () => {
    const svg = await renderSvg(
      evidenceFigures({ evidence: new Map([['x', examples.thresholds]]), alpha: 0.05 }).get('x')!.spec,
    );
    expect(svg).toContain('orange: 1 of 3');
  });
});
