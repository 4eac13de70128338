import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/numerics/random.ts';
import { type LayerMeter, layerMeter } from '../../src/probe/layer-meter.ts';
import { layerMeterOnThread } from '../../src/probe/layer-meter-pool.ts';
import type { OutputLayout } from '../../src/probe/pool-activations.ts';
import type { LayerOutputs } from '../../src/probe/pooled-layers.ts';

/** Tokens of a transformer, channels of a convolution, and heads that are merged with their examples. */
const layers: readonly { layout: OutputLayout; shape: (count: number) => number[] }[] = [
  { layout: { axis: 0, perExample: 1, isConvolution: false }, shape: (n) => [n, 7, 24] },
  { layout: { axis: 0, perExample: 1, isConvolution: true }, shape: (n) => [n, 5, 3, 3] },
  { layout: { axis: 0, perExample: 4, isConvolution: false }, shape: (n) => [4 * n, 6, 8] },
];
const layouts = layers.map(({ layout }) => layout);
const examples = 20;

/** Two checkpoints in three runs each; the second checkpoint's last layer has overflown. */
function runsOf(checkpoint: number): LayerOutputs[] {
  const random = createRandom(checkpoint);
  return [
    [0, 8],
    [8, 8],
    [16, 4],
  ].map(([from, count]) => ({
    from,
    count,
    tensors: layers.map(({ shape }, i) => {
      const extents = shape(count);
      const length = extents.reduce((product, extent) => product * extent, 1);
      const data = Float32Array.from({ length }, () => random.normal());
      if (checkpoint === 1 && i === 2) data[3] = Number.NaN;
      return { data, shape: extents };
    }),
  }));
}

async function meteredBy(meter: LayerMeter) {
  const measured = [];
  for (const checkpoint of [0, 1]) {
    for (const run of runsOf(checkpoint)) await meter.take(run);
    measured.push(meter.measure());
  }
  const found = await Promise.all(measured);
  await meter.close();
  return found;
}

describe('layers that are measured', () => {
  it('on a thread while the model runs on are those measured here, to the bit', async () => {
    const here = await meteredBy(layerMeter(layouts, examples));
    expect(here.map(({ shapes }) => shapes.map(({ columns }) => columns))).toEqual([
      [24, 5, 8],
      [24, 5, 8],
    ]);
    expect(here[0].records[0].centered!.singularValues[0]).toBeGreaterThan(0);
    expect(here[1].records[2].centered!.undetermined).toBeDefined();
    expect(await meteredBy(layerMeterOnThread(layouts, examples))).toEqual(here);
  });

  it('on a thread take along what only they need, and leave what is still needed', async () => {
    const meter = layerMeterOnThread(layouts, examples, (index) => index === 1);
    const [run] = runsOf(0);
    await meter.take(run);
    expect(run.tensors.map(({ data }) => data.length)).toEqual([0, 8 * 5 * 9, 0]);
    await meter.measure();
    await meter.close();
  });

  it('on a thread that fails say so', async () => {
    const meter = layerMeterOnThread(layouts, examples);
    await meter.take({ from: 0, count: 8, tensors: [] });
    await expect(meter.measure()).rejects.toThrow();
    await meter.close();
  });
});
