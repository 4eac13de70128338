import { describe, expect, it } from 'vitest';
import { compiledFigure } from '../../src/figures/compiled-figure.ts';
import { heatmapSpec } from '../../src/figures/heatmap.ts';
import { renderSvg } from '../../src/figures/render-svg.ts';
import { styles } from '../../src/figures/styles.ts';
import type { FigureSpec } from '../../src/figures/types.ts';

const steps = Float64Array.from({ length: 12 }, (_, i) => 10 * i);
const metric = { name: 'Stable rank', unit: 'dimensions' };

function heatmap(title: string, scale: number, layer = 'fc'): FigureSpec {
  const layers = [{ name: layer, values: steps.map((step) => 1 + scale * Math.sqrt(step)) }];
  return heatmapSpec({ title, metric, steps, layers });
}

describe('a compiled figure', () => {
  it('shares its frame with figures that differ in rows and title, and with no others', () => {
    const dataflow = (spec: FigureSpec) => compiledFigure(spec, styles.default).dataflow;
    const first = heatmap('one', 1);
    expect(dataflow(heatmap('another', 1))).toBe(dataflow(first));
    expect(dataflow(heatmap('one', 1, 'network.0'))).not.toBe(dataflow(first));
    expect(compiledFigure(first, styles.academic).dataflow).not.toBe(dataflow(first));
  });

  it('has rows and words of its own', () => {
    const { title, rows } = compiledFigure(heatmap('a run', 3), styles.default);
    expect(title).toMatchObject({ text: 'a run', subtitle: '1 layers' });
    expect([...rows.values()].flat()).toContainEqual({ layer: '0 · fc' });
  });

  it('is drawn the same whatever was drawn before it, and leaves its specification as it was', async () => {
    const spec = heatmap('a title so long that it takes two lines, of which the other figure has but one', 2);
    const before = structuredClone(spec);
    const alone = await renderSvg(spec);
    const others = [heatmap('short', 1), heatmap('elsewhere', 5, 'a layer with a far longer name')];
    for (const other of others) await renderSvg(other);
    expect(await renderSvg(spec)).toBe(alone);
    expect(spec).toEqual(before);
  });

  it('without a title has none', async () => {
    const { title: _, ...untitled } = heatmap('gone', 1) as { readonly title?: unknown };
    const svg = await renderSvg(untitled as FigureSpec);
    expect(svg).not.toContain('gone');
    expect(svg).not.toContain('figureTitle');
  });
});
