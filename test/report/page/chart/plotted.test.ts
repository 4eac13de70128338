import { describe, expect, it } from 'vitest';
import { axisTicks, stepScale, valueScale } from '../../../../src/report/page/chart/axis-scale.ts';
import { chartSvg } from '../../../../src/report/page/chart/chart-svg.ts';
import type { ChartContent } from '../../../../src/report/page/chart/curve.ts';
import { plotted, viewOf } from '../../../../src/report/page/chart/plotted.ts';
import { nearestTo } from '../../../../src/report/page/chart/reading.ts';
import { hostile } from '../../example-study.ts';
import { curve } from './example-curves.ts';

const content = (rest: Partial<ChartContent>): ChartContent => ({
  ...{ curves: [curve('a', [1, 8, 9, 2, 100])], title: 'Stable rank', subject: 'Stable rank of a' },
  groups: [{ label: 'a', color: { light: '#0072B2', dark: '#56B4E9' }, dash: [] }],
  ...{ steps: 'linear', values: 'linear', smoothing: 1, range: null, isThinned: false },
  ...rest,
});

describe('the axes of a chart', () => {
  it('give every step its place and back, step 0 too', () => {
    for (const scale of [stepScale('log', 5), stepScale('linear', 5)]) {
      for (const step of [0, 5, 37, 1995]) expect(scale.back(scale.along(step))).toBeCloseTo(step, 9);
    }
    expect(valueScale('log').along(0)).toBeNaN();
  });

  it('write round numbers, none over another, also where they are enlarged', () => {
    const steps = stepScale('log', 5);
    const texts = (low: number, high: number): string[] =>
      axisTicks(steps, [steps.along(low), steps.along(high)], 800, 36).map(({ text }) => text);
    expect(texts(0, 1995)).toEqual(['0', '5', '10', '20', '50', '100', '200', '500', '1,000']);
    expect(texts(1001, 1004)).toEqual(['1,001', '1,001.5', '1,002', '1,002.5', '1,003', '1,003.5', '1,004']);
    expect(axisTicks(steps, [0, steps.along(1995)], 120, 36).length).toBeLessThan(4);
  });
});

describe('a view of curves', () => {
  it('is as high as what lies in it, and leads to what lies beside it', () => {
    const all = plotted(content({}));
    const view = viewOf(all, [5, 15], 400);
    expect(view.curves[0].line).toEqual([0, 1, 2, 3, 4]);
    expect(view.y).toEqual([2 - 0.28, 9 + 0.28]);
  });

  it('counts what has no place on a logarithmic axis', () => {
    const all = plotted(content({ curves: [curve('a', [0, -1, 1, Number.NaN])], values: 'log' }));
    expect(all.unplaced).toBe(2);
  });

  it('finds the measurement nearest to the pointer', () => {
    const all = plotted(content({}));
    const view = viewOf(all, all.whole, 400);
    expect(nearestTo(all, view, { width: 400, height: 200 }, { left: 105, top: 190 })).toEqual({
      curve: 0,
      index: 1,
    });
    const none = plotted(content({ curves: [] }));
    expect(nearestTo(none, view, { width: 400, height: 200 }, { left: 0, top: 0 })).toBeNull();
  });
});

describe('the picture of a chart', () => {
  it('holds every name as text, and the curve from its first to its last value', () => {
    const one = content({ subject: hostile, title: hostile });
    const all = plotted(one);
    const svg = chartSvg(one, all, all.whole);
    expect(svg).not.toMatch(/<img|<script/);
    const [, path] = /<path fill="none"[^>]*d="([^"]+)"/.exec(svg) as RegExpExecArray;
    expect(path).toMatch(/^M64 /);
    expect(path.split('L').at(-1)).toMatch(/^944 /);
  });
});
