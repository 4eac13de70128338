import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { heatmapSpec } from '../../src/figures/heatmap.ts';
import { metricLabel } from '../../src/figures/metric-label.ts';
import { renderSvg } from '../../src/figures/render-svg.ts';
import { dynamics } from './example-figures.ts';
import { decodePng, imageOf } from './png-decoder.ts';

const steps = Float64Array.of(0, 10, 20, 30);
const layers = [
  { name: 'a', values: Float64Array.of(1, 2, 3, 4) },
  { name: 'b', values: Float64Array.of(10, Number.NaN, 30, 40) },
];
const metric = metricLabel('stable_rank');

/** The ends of viridis as matplotlib and d3-scale-chromatic publish them: #440154 and #fde725. */
const LOWEST = [0x44, 0x01, 0x54, 255];
const HIGHEST = [0xfd, 0xe7, 0x25, 255];

async function pixels(scale: 'absolute' | 'per-layer') {
  const svg = await renderSvg(heatmapSpec({ title: 't', metric, steps, layers }, { scale, axis: 'linear' }));
  const image = decodePng(imageOf(svg), inflateSync);
  const rows = image.height / layers.length;
  return { columns: image.width, at: (layer: number, column: number) => image.pixel(column, layer * rows) };
}

describe('the heatmap', () => {
  it('has one column per measurement and one band per layer, input first', async () => {
    const { columns, at } = await pixels('absolute');
    expect(columns).toBe(4);
    expect(at(0, 0)).toEqual(LOWEST);
    expect(at(1, 3)).toEqual(HIGHEST);
    expect(at(0, 3)).not.toEqual(HIGHEST);
  });

  it('gives every measurement its part of a logarithmic axis, unless a linear one is asked for', async () => {
    const svg = await renderSvg(heatmapSpec({ title: 't', metric, steps, layers }));
    const image = decodePng(imageOf(svg), inflateSync);
    const colors = Array.from({ length: image.width }, (_, column) => image.pixel(column, 0).join());
    const widths = [...new Set(colors)].map((color) => colors.filter((one) => one === color).length);
    // log1p(step / 10): 0, 0.69, 1.10, 1.39; the ends of the cells of the first and last are half a gap further out.
    expect(widths).toHaveLength(4);
    expect(widths[0] / widths[2]).toBeGreaterThan(1.5);
    const ticks = (text: string) => [...text.matchAll(/>(\d+)<\/text>/g)].map(([, label]) => Number(label));
    expect(ticks(svg)).toEqual(expect.arrayContaining([0, 10, 20]));
    expect(svg).not.toBe(
      await renderSvg(heatmapSpec({ title: 't', metric, steps, layers }, { axis: 'linear' })),
    );
  });

  it('scales each layer by itself on request', async () => {
    const { at } = await pixels('per-layer');
    for (const layer of [0, 1]) {
      expect(at(layer, 0)).toEqual(LOWEST);
      expect(at(layer, 3)).toEqual(HIGHEST);
    }
  });

  it('leaves undetermined values transparent', async () => {
    const { at } = await pixels('per-layer');
    expect(at(1, 1)[3]).toBe(0);
    expect(at(1, 2)[3]).toBe(255);
  });

  it('says in words how many layers move and are stable, and of how many that cannot be said', async () => {
    const named = ['network.0', 'network.2', 'fc'].map((name) => ({ name, values: steps }));
    const svg = await renderSvg(heatmapSpec({ title: 't', metric, steps, layers: named, dynamics }));
    expect(svg).toContain('1 of 3 layers rise or fall; 1 stabilized; 1 could not be described');
    expect(svg).not.toMatch(/>0 detected/);
    expect(svg).toContain('Stable rank (dimensions)');
    expect(svg).toContain('Training step');
  });

  it('stays below 60 kB and draws 17 layers of 400 measurements', async () => {
    const long = Float64Array.from({ length: 400 }, (_, i) => 5 * i);
    const deep = Array.from({ length: 17 }, (_, l) => ({
      name: `layer.${l}`,
      values: long.map((step, i) => Math.sin(step * (l + 1)) + ((i * 7919) % 101) / 50),
    }));
    const svg = await renderSvg(
      heatmapSpec({ title: 't', metric, steps: long, layers: deep }, { scale: 'per-layer' }),
    );
    expect(svg.length).toBeLessThan(60_000);
    deep.forEach(({ name }, depth) => {
      expect(svg).toContain(`>${depth} · ${name}<`);
    });
  });

  it('draws a run without any determined value as empty rows', async () => {
    const empty = [{ name: 'a', values: steps.map(() => Number.NaN) }];
    const svg = await renderSvg(heatmapSpec({ title: 't', metric, steps, layers: empty }));
    expect(decodePng(imageOf(svg), inflateSync).pixel(0, 0)[3]).toBe(0);
  });
});
