import { describe, expect, it } from 'vitest';
import { type LeadCurve, leadCurvesSpec } from '../../src/figures/lead-curves.ts';
import { metricLabel } from '../../src/figures/metric-label.ts';
import { renderSvg } from '../../src/figures/render-svg.ts';
import { exampleFigures } from './example-figures.ts';
import { overlaps, textBoxes } from './text-boxes.ts';

const edge = (index: number) => ({ index, step: 5 * index, interval: [5 * index, 5 * index] as const });
const steps = Float64Array.from({ length: 40 }, (_, i) => 5 * i);
const curve = (changes: Partial<LeadCurve> = {}): LeadCurve => ({
  layer: 'fc',
  depth: 0,
  steps,
  values: steps.map((step) => 1 + step),
  stretches: [{ kind: 'rise', from: edge(0), to: edge(30), pValue: 0.01 }],
  turningPoints: [],
  ...changes,
});
const draw = (threshold: number, ...curves: readonly LeadCurve[]) =>
  renderSvg(
    leadCurvesSpec({
      title: 't',
      metric: metricLabel('stable_rank'),
      panels: [{ title: 'p', curves, threshold }],
    }),
  );

describe('the lead figure', () => {
  it('keeps titles of several lines off the axis of the row before', async () => {
    const title = 'tiny_transformer, drawn_digits, batchSize 16, learningRate 0.001 (3 seeds)';
    const panels = Array.from({ length: 6 }, () => ({ title, curves: [curve()], threshold: 1 }));
    const svg = await renderSvg(leadCurvesSpec({ title: 't', metric: metricLabel('stable_rank'), panels }));
    expect(overlaps(textBoxes(svg))).toEqual([]);
  });

  it('says what its lines mean, and of no band where there is none', async () => {
    const svg = await renderSvg(exampleFigures['lead-curves']);
    expect(svg).toContain('Lines: means over seeds with 95 % band; steps are logarithmic from 5 on');
    expect(svg).toContain('(dashed: does not hold over all curves)');
    const single = await draw(1, curve());
    expect(single).not.toContain('band');
    expect(single).not.toContain('dashed');
  });

  it('draws a rise that does not hold dashed', async () => {
    expect(await draw(0.05, curve())).not.toContain('stroke-dasharray');
    expect(await draw(0.001, curve())).toContain('stroke-dasharray');
  });

  it('draws curves of one point, gaps, and values that no logarithm has', async () => {
    for (const values of [
      steps.map(() => Number.NaN),
      steps.map((step) => step - 50),
      new Float64Array(40).fill(3),
      steps.map((_, i) => (i === 7 ? Number.NaN : 2 + i)),
    ]) {
      const svg = await draw(1, curve({ values, stretches: [] }));
      expect(svg).not.toMatch(/NaN|Infinity/);
    }
    const band = { low: steps.map(() => -5), high: steps.map((step) => 3 + step) };
    expect(await draw(1, curve({ band }))).not.toMatch(/NaN|Infinity/);
  });
});
