import { describe, expect, it } from 'vitest';
import { renderSvg } from '../../src/figures/render-svg.ts';
import { validityFalsePositivesSpec } from '../../src/figures/validity-false-positives.ts';
import { validityPowerSpec } from '../../src/figures/validity-power.ts';
import { family, power } from './example-validity.ts';

const textsOf = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);

describe('figures of a validation', () => {
  it('show each family at each length, those without a promise in brackets, and how many were refused', async () => {
    const rows = [
      family('white-noise', 50, 0.01),
      family('white-noise', 399, 0.02),
      family('wander', 399, 0.4, false),
    ];
    const svg = await renderSvg(validityFalsePositivesSpec({ title: 'Rates', rows, limit: 0.065 }));
    const texts = textsOf(svg);
    expect(texts).toEqual(expect.arrayContaining(['50 measurements', '399 measurements', '85.5 % refused']));
    expect(texts.filter((text) => text === 'white-noise')).toHaveLength(2);
    expect(texts).toContain('(wander)');
  });

  it('show one curve a noise in one panel a kind of change', async () => {
    const rows = ['step', 'kink'].flatMap((effect) =>
      ['white-noise', 'decay'].flatMap((noise) => [1, 2, 4].map((size) => power(effect, noise, size))),
    );
    const svg = await renderSvg(validityPowerSpec({ title: 'Power', power: rows }));
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['step', 'kink', 'white-noise', 'decay']));
    expect(svg.match(/<g class="mark-line role-mark/g)).toHaveLength(4);
  });
});
