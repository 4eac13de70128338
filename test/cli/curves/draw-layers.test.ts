import { describe, expect, it } from 'vitest';
import { drawLayers } from '../../../src/cli/curves/draw-layers.ts';
import { describeCurve } from '../../../src/dynamics/stretches/describe-curve.ts';
import { createRandom } from '../../../src/numerics/random.ts';

const steps = Array.from({ length: 400 }, (_, i) => 5 * i);
const rng = createRandom('drawn layers');

function curveOf(layer: string, valueAt: (i: number) => number) {
  const values = steps.map((_, i) => valueAt(i));
  return {
    layer,
    steps,
    values,
    curve: describeCurve(
      { steps: Float64Array.from(steps), values: Float64Array.from(values) },
      { alpha: 0.05 },
    ),
  };
}

const jumping = curveOf('network.0', (i) => (i < 200 ? 2 : 5) + 0.05 * rng.normal());
const lines = (text: string): string[] => text.split('\n');

describe('drawLayers', () => {
  it('draws each layer with its range, what it does below it, and the steps last', () => {
    const drawn = lines(drawLayers([jumping], { columns: 80, scale: 'linear' }));
    expect(drawn).toHaveLength(6);
    expect(drawn[0]).toMatch(/^network\.0 {2,}5\.1\d* [⠀-⣿]+$/u);
    expect(drawn[2]).toMatch(/^ +1\.[89]\d* [⠀-⣿]+$/u);
    expect(drawn[3].trim()).toMatch(/^─+↑+─+$/);
    expect(drawn[5].trim()).toMatch(/^0 .*1995$/);
  });

  it('shows a jump within a single measuring interval even where a character covers many', () => {
    expect(lines(drawLayers([jumping], { columns: 30, scale: 'linear' }))[3]).toContain('↑');
  });

  it('says why a curve is not described, and draws what there is', () => {
    const short = { ...curveOf('few', () => 1), steps: [0, 5, 10], values: [1, Number.NaN, 3] };
    const curve = { described: false as const, reason: 'fewer than 8 values', dropped: 1 };
    const drawn = lines(drawLayers([{ ...short, curve }], { columns: 60 }));
    expect(drawn[3].trim()).toBe('not described: fewer than 8 values');
    expect(drawn[0]).toMatch(/^few {2}3 /);
  });

  it('keeps to the width asked for, whatever the names, and lets no name act on the terminal', () => {
    const named = { ...jumping, layer: `${'long'.repeat(40)}\u001b[31m\n` };
    const drawn = lines(drawLayers([named, jumping], { columns: 100 }));
    expect(Math.max(...drawn.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(drawn).toHaveLength(10);
    expect(drawn.join('')).not.toContain('\u001b');
  });

  it('draws values at the ends of the range of numbers, and layers without any value', () => {
    const huge = { ...jumping, values: steps.map((_, i) => (i % 2 === 0 ? 1.7e308 : -1.7e308)) };
    const none = { ...jumping, values: steps.map(() => Number.NaN) };
    expect(drawLayers([huge, none], { columns: 60 })).toMatch(/1\.7e308/);
  });

  it('draws nothing of nothing', () => {
    expect(drawLayers([], { columns: 80 })).toBe('');
  });
});
