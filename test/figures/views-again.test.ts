import { describe, expect, it, vi } from 'vitest';
import { compiledFigure } from '../../src/figures/compiled-figure.ts';
import { criticalPeriodsSpec } from '../../src/figures/critical-periods.ts';
import { heatmapSpec } from '../../src/figures/heatmap.ts';
import { jumpRateSpec } from '../../src/figures/jump-rate.ts';
import { styles } from '../../src/figures/styles.ts';
import type { FigureSpec } from '../../src/figures/types.ts';
import { forgetsRows } from '../../src/figures/views-again.ts';
import { createRandom } from '../../src/numerics/random.ts';

const steps = Float64Array.from({ length: 40 }, (_, i) => 5 * i);
const random = createRandom('views').fork('again');
const metric = { name: 'Stable rank', unit: 'dimensions' };

/** Of all sizes, so that labels and axes differ, and with gaps. */
function values(size: number): Float64Array {
  return steps.map((_, i) => (i % 9 === 8 && size > 1 ? Number.NaN : size * random.uniform()));
}

function heatmap(title: string, size: number): FigureSpec {
  const layers = ['fc', 'a layer with a long name'].map((name) => ({ name, values: values(size) }));
  return heatmapSpec({ title, metric, steps, layers }, { scale: 'per-layer' });
}

function criticalPeriods(title: string, size: number): FigureSpec {
  const pace = () => ({ steps, median: values(size), highest: values(2 * size) });
  return criticalPeriodsSpec({
    title,
    coordination: {
      ...{ steps, share: values(1), threshold: 0.5, alpha: 0.05, nullModel: 'shifted' },
    },
    pace: { layers: 2, velocity: pace(), acceleration: pace() },
    loss: { steps, values: values(size), title: 'Training loss' },
  });
}

const figures = [1, 1e-4, 3e4, 12, 1e9].flatMap((size, i) => {
  const title =
    i % 2 === 0 ? `run ${i}` : `a run whose name is so long that it takes more than one line: ${i}`;
  return [heatmap(title, size), criticalPeriods(title, size)];
});

/** By a program that has drawn nothing yet. */
async function drawnInOrder(specs: readonly FigureSpec[]): Promise<string[]> {
  vi.resetModules();
  const { renderSvg } = await import('../../src/figures/render-svg.ts');
  const drawn: string[] = [];
  for (const spec of specs) drawn.push(await renderSvg(spec));
  return drawn;
}

describe('a view that draws one figure after another', () => {
  it('draws each as a view of its own would', async () => {
    // What comes first in one order comes last in the other: each figure is drawn once by a view of its own.
    const forth = await drawnInOrder(figures);
    const back = await drawnInOrder([...figures].reverse());
    expect(back.reverse()).toEqual(forth);
  });

  it('is nobody else’s meanwhile', async () => {
    // Vega counts gradients and clips over all that is drawn at once.
    const uncounted = (svg: string) => svg.replaceAll(/(gradient_|clip)\d+/g, '$1');
    const alone = (await drawnInOrder(figures)).map(uncounted);
    vi.resetModules();
    const { renderSvg } = await import('../../src/figures/render-svg.ts');
    for (const spec of figures.slice(0, 4)) await renderSvg(spec);
    const together = await Promise.all(figures.map((spec) => renderSvg(spec)));
    expect(together.map(uncounted)).toEqual(alone);
  });

  it('is not one of a chart that keeps sums, groups, names or ticks of the rows before', () => {
    const forgets = (spec: FigureSpec) => forgetsRows(compiledFigure(spec, styles.default).chart);
    expect(forgets(heatmap('a run', 1))).toBe(true);
    expect(forgets(criticalPeriods('a run', 1))).toBe(false);
    const rate = {
      determined: true as const,
      count: 1,
      layerSteps: 10,
      per1000: 1,
      interval: [0, 2] as const,
    };
    const byName = jumpRateSpec({
      ...{ title: 'Rates', confidence: 0.95 },
      rates: [{ by: 'family', group: 'mlp', runs: 1, layers: 1, rate }],
    });
    expect(forgets(byName)).toBe(false);
    const within = { scale: { domain: [0, 1] }, type: 'quantitative' };
    const plain = { mark: 'point', encoding: { x: { field: 'a', ...within } }, data: { values: [{ a: 1 }] } };
    expect(forgets(plain as unknown as FigureSpec)).toBe(true);
    const summed = { ...plain, mark: 'bar', encoding: { x: { field: 'a', aggregate: 'sum', ...within } } };
    expect(forgets(summed as unknown as FigureSpec)).toBe(false);
    const grouped = { ...plain, mark: 'line', encoding: { ...plain.encoding, detail: { field: 'b' } } };
    expect(forgets(grouped as unknown as FigureSpec)).toBe(false);
  });
});
