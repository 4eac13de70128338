import { describe, expect, it } from 'vitest';
import { evidenceFigures } from '../../src/figures/evidence-figures.ts';
import { renderSvg } from '../../src/figures/render-svg.ts';
import type { Evidence } from '../../src/findings/audit/evidence.ts';

const words = { title: 'What it shows', caption: 'How to read it.' };
const steps = Float64Array.from({ length: 40 }, (_, i) => 5 * i);

const examples: Record<Evidence['kind'], Evidence> = {
  'event-times': {
    ...words,
    kind: 'event-times',
    boundary: 200,
    panels: [
      { label: 'Index: 3 jumps', times: [0, 10, 399], length: 2000 },
      { label: 'Steps: 0 jumps', times: [], length: 2000 },
    ],
  },
  estimates: {
    ...words,
    kind: 'estimates',
    axis: 'Share of jumps',
    claimed: 0.51,
    expected: 0.25,
    rows: [
      { label: 'one', value: 0.3, interval: [0.1, 0.5], note: '12 jumps' },
      { label: 'other', value: 0.4, interval: null, note: '3 jumps' },
    ],
  },
  thresholds: {
    ...words,
    kind: 'thresholds',
    axis: 'Largest share',
    rows: [
      { label: 'beyond', value: 0.8, threshold: 0.5 },
      { label: 'not beyond', value: 0.4, threshold: 0.5 },
      { label: 'never beyond', value: 1, threshold: null },
    ],
  },
  'gap-curve': {
    ...words,
    kind: 'gap-curve',
    chosen: 1,
    claimed: 5,
    curve: [1, 2, 3, 4, 5, 6].map((clusters) => ({ clusters, gap: 1 / clusters, standardError: 0.05 })),
  },
  'logged-recovered': {
    ...words,
    kind: 'logged-recovered',
    logged: 'stable_rank.logged',
    recovered: 'stable_rank.raw',
    steps,
    layers: [{ name: 'fc', logged: steps.map(() => 1), recovered: steps.map((step) => 1 + step / 100) }],
  },
};

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
